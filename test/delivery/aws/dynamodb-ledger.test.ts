import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import type { Claim } from "#delivery";
import { ABSENT, OK, UNKNOWN } from "#delivery/answer";
import { createDynamoDbLedger } from "#delivery/aws/dynamodb-ledger";
import { AwsDouble, answer, jsonError, type ScriptedAnswer } from "#support/aws-double";

const KEY = { processor: "LAKE", generation: "g1", id: "0123456789012345678901234567890123456789012" };
const CLAIM: Claim = {
  fence: "f1",
  objectKey: "dt=2026-01-31/hour=23/part-f1-0.parquet",
  state: "pending",
  leaseUntilMs: 1_790_000_060_000,
  expiresMs: 1_793_800_000_500,
};
const ITEM = {
  pk: { S: "LAKE#g1#0123456789012345678901234567890123456789012" },
  fence: { S: "f1" },
  state: { S: "pending" },
  leaseUntil: { N: "1790000060000" },
  expires: { N: "1793800001" },
  objectKey: { S: "dt=2026-01-31/hour=23/part-f1-0.parquet" },
};
const DENIED = jsonError("AccessDeniedException");

describe("createDynamoDbLedger", () => {
  it("writes a claim by one conditional put that an expired item does not stop", async () => {
    const double = new AwsDouble(answer(200));
    expect(await ledgerOver(double).insert(KEY, CLAIM)).toEqual(OK);
    expect(double.inputs).toEqual([
      {
        TableName: "ledger",
        Item: ITEM,
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        ConditionExpression: "attribute_not_exists(pk) OR expires < :now",
        ExpressionAttributeValues: { ":now": { N: "1790000000" } },
      },
    ]);
  });

  it("reads what is there from the failed condition, after a try that was lost too", async () => {
    const found = { ...CLAIM, expiresMs: 1_793_800_001_000 };
    for (const before of [[], ["lost"]] as const) {
      const double = new AwsDouble(...before, jsonError("ConditionalCheckFailedException", { Item: ITEM }));
      expect(await ledgerOver(double).insert(KEY, CLAIM)).toEqual({ kind: "found", claim: found });
    }
  });

  it("does not trust a condition that failed over nothing", async () => {
    const double = new AwsDouble(jsonError("ConditionalCheckFailedException"));
    expect(await ledgerOver(double).insert(KEY, CLAIM)).toEqual(UNKNOWN);
    expect(await ledgerOver(double).replace(KEY, CLAIM, { fence: "f0" })).toEqual(ABSENT);
  });

  it.each<readonly [string, readonly ScriptedAnswer[]]>([
    ["no answer", ["lost"]],
    ["a failure of the service", [jsonError("InternalServerError", {}, 500)]],
    ["throttling", [jsonError("ProvisionedThroughputExceededException")]],
    ["no answer and a refusal", ["lost", DENIED]],
  ])("knows nothing after %s", async (_, script) => {
    expect(await ledgerOver(new AwsDouble(...script)).insert(KEY, CLAIM)).toEqual(UNKNOWN);
    expect(await ledgerOver(new AwsDouble(...script)).replace(KEY, CLAIM, { fence: "f0" })).toEqual(UNKNOWN);
  });

  it("fails when it is not let in, without the service's message", async () => {
    await expect(ledgerOver(new AwsDouble(DENIED)).insert(KEY, CLAIM)).rejects.toThrow(
      /^expected the ledger table to take the request, got AccessDeniedException 400$/,
    );
  });

  it("writes no more than one write unit: 1 KB", () => {
    const text = Object.entries(ITEM).map(([name, value]) => `${name}${Object.values(value)}`);
    expect(text.join("").length).toBeLessThan(1_024);
  });
});

function ledgerOver({ aws, clock }: AwsDouble) {
  const dynamodb = aws.open(DynamoDBClient, "eu-west-1");
  return createDynamoDbLedger({
    dynamodb,
    ask: aws.ask,
    table: "ledger",
    clock: { nowMs: () => Math.min(clock.nowMs(), 1_790_000_000_999) },
  });
}
