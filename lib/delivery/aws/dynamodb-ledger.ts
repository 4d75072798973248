import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { Advance, Claim, Clock, Fence, Ledger, LedgerKey, Replaced } from "../ports.ts";
import { throwIfHopeless } from "./failures.ts";

export interface DynamoDbLedgerOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly clock: Clock;
}

type Item = Readonly<Record<string, AttributeValue>>;

/**
 * The ledger in a DynamoDB table with the string key `pk`; `expires` (seconds) is its TTL attribute.
 *
 * Every write is one conditional PutItem; a failed condition returns what is there and reads nothing more. An expired
 * item counts as absent, because TTL removes items late: "typically within a few days"
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html, read 2026-11-22).
 */
export function createDynamoDbLedger({ client, table, clock }: DynamoDbLedgerOptions): Ledger {
  const put = async (key: LedgerKey, claim: Claim, condition: PutCondition): Promise<Replaced> => {
    const command = new PutItemCommand({
      TableName: table,
      Item: itemOf(key, claim),
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      ...condition,
    });
    try {
      await client.send(command);
      return "ok";
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return foundIn(error.Item);
      throwIfHopeless(error, "the ledger table");
      return "unknown";
    }
  };
  return {
    async insert(key, claim) {
      const outcome = await put(key, claim, isAbsent(clock.nowMs()));
      if (typeof outcome === "string") return outcome;
      // The item expired, or was removed, between the condition and the answer: nobody's write is in the way any more.
      return outcome.found === undefined ? "unknown" : { found: outcome.found };
    },
    replace: (key, claim, when) => put(key, claim, "fence" in when ? hasFence(when) : mayAdvance(when)),
  };
}

type PutCondition = Pick<
  PutItemCommandInput,
  "ConditionExpression" | "ExpressionAttributeValues" | "ExpressionAttributeNames"
>;

function isAbsent(nowMs: number): PutCondition {
  return {
    ConditionExpression: "attribute_not_exists(pk) OR expires < :now",
    ExpressionAttributeValues: { ":now": numberOf(Math.floor(nowMs / 1_000)) },
  };
}

function hasFence({ fence }: { readonly fence: Fence }): PutCondition {
  return { ConditionExpression: "fence = :fence", ExpressionAttributeValues: { ":fence": { S: fence } } };
}

function mayAdvance({ versionBelow, nowMs }: Advance): PutCondition {
  return {
    ConditionExpression:
      "attribute_not_exists(pk) OR expires < :seconds OR (#version < :version AND (#state = :done OR leaseUntil < :now))",
    ExpressionAttributeNames: { "#version": "version", "#state": "state" },
    ExpressionAttributeValues: {
      ":version": numberOf(versionBelow),
      ":done": { S: "done" },
      ":now": numberOf(nowMs),
      ":seconds": numberOf(Math.floor(nowMs / 1_000)),
    },
  };
}

function itemOf({ processor, generation, id }: LedgerKey, claim: Claim): Record<string, AttributeValue> {
  return {
    pk: { S: `${processor}#${generation}#${id}` },
    fence: { S: claim.fence },
    state: { S: claim.state },
    leaseUntil: numberOf(claim.leaseUntilMs),
    expires: numberOf(Math.ceil(claim.expiresMs / 1_000)),
    ...(claim.objectKey !== undefined && { objectKey: { S: claim.objectKey } }),
    ...(claim.version !== undefined && { version: numberOf(claim.version) }),
  };
}

function foundIn(item: Item | undefined): { readonly found?: Claim } {
  return item === undefined ? {} : { found: claimOf(item) };
}

function claimOf(item: Item): Claim {
  return {
    fence: item["fence"]?.S ?? "",
    state: item["state"]?.S === "done" ? "done" : "pending",
    leaseUntilMs: Number(item["leaseUntil"]?.N ?? 0),
    expiresMs: Number(item["expires"]?.N ?? 0) * 1_000,
    ...(item["objectKey"]?.S !== undefined && { objectKey: item["objectKey"].S }),
    ...(item["version"]?.N !== undefined && { version: BigInt(item["version"].N) }),
  };
}

function numberOf(value: number | bigint): AttributeValue {
  return { N: value.toString() };
}
