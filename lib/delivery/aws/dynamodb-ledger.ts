import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { ABSENT, type Answer, foundClaim, OK, UNKNOWN } from "../answer.ts";
import type { Advance, Claim, Clock, Fence, Ledger, LedgerKey } from "../ports.ts";
import { type Ask, within } from "./ask.ts";
import { refused } from "./failures.ts";

export interface DynamoDbLedgerOptions {
  readonly dynamodb: DynamoDBClient;
  readonly ask: Ask;
  readonly table: string;
  readonly clock: Pick<Clock, "nowMs">;
}

/** Numbers are text. */
type Item = Record<string, AttributeValue>;

const CONDITION_FAILED = "ConditionalCheckFailedException";

/**
 * The ledger in a DynamoDB table with the string key `pk`; `expires` (seconds) is its TTL attribute.
 *
 * Every write is one conditional PutItem; a failed condition returns what is there and reads nothing more. An expired
 * item counts as absent, because TTL removes items late: "typically within a few days"
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html, read 2026-11-22).
 */
export function createDynamoDbLedger({ dynamodb, ask, table, clock }: DynamoDbLedgerOptions): Ledger {
  const put = async (key: LedgerKey, claim: Claim, { condition, deadlineMs }: Put) => {
    const command = new PutItemCommand({
      TableName: table,
      Item: itemOf(key, claim),
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      ...condition,
    });
    const reply = await ask((options) => dynamodb.send(command, options), {
      answers: [CONDITION_FAILED],
      ...within(deadlineMs),
    });
    if (reply.kind === "done") return OK;
    if (reply.kind === "unknown" || reply.isPassing) return UNKNOWN;
    if (reply.error instanceof ConditionalCheckFailedException) return foundIn(reply.error.Item);
    throw refused("the ledger table", reply);
  };
  return {
    async insert(key, claim, deadlineMs) {
      const answer = await put(key, claim, { condition: isAbsent(clock.nowMs()), deadlineMs });
      // The item expired, or was removed, between the condition and the answer: nobody's write is in the way any more.
      return answer.kind === "absent" ? UNKNOWN : answer;
    },
    replace: (key, claim, when, deadlineMs) =>
      put(key, claim, { condition: "fence" in when ? hasFence(when) : mayAdvance(when), deadlineMs }),
  };
}

interface Put {
  readonly condition: PutCondition;
  readonly deadlineMs: number | undefined;
}

interface PutCondition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues: Item;
  readonly ExpressionAttributeNames?: Record<string, string>;
}

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

function itemOf({ processor, generation, id }: LedgerKey, claim: Claim): Item {
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

function foundIn(item: Item | undefined): Answer<"found" | "absent"> {
  return item === undefined ? ABSENT : foundClaim(claimOf(item));
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
