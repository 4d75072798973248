import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { ABSENT, type Answer, advancedTo, foundClaim, OK, UNKNOWN } from "../answer.ts";
import type { Advance, Claim, Clock, Fence, Ledger, LedgerKey } from "../ports.ts";
import { type Ask, type Send, within } from "./ask.ts";
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
 * Every write is one conditional PutItem, or UpdateItem where it counts; a failed condition returns what is there and reads nothing more. An expired
 * item counts as absent, because TTL removes items late: "typically within a few days"
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html, read 2026-11-22).
 */
export function createDynamoDbLedger({ dynamodb, ask, table, clock }: DynamoDbLedgerOptions): Ledger {
  const common = { TableName: table, ReturnValuesOnConditionCheckFailure: "ALL_OLD" } as const;
  const write = async <Output>(send: Send<Output>, deadlineMs: number | undefined) => {
    const reply = await ask(send, { answers: [CONDITION_FAILED], ...within(deadlineMs) });
    if (reply.kind === "done") return reply;
    if (reply.kind === "unknown" || reply.isPassing) return UNKNOWN;
    if (reply.error instanceof ConditionalCheckFailedException) return foundIn(reply.error.Item);
    throw refused("the ledger table", reply);
  };
  const put = async (key: LedgerKey, claim: Claim, { condition, deadlineMs }: Put) => {
    const command = new PutItemCommand({ ...common, Item: itemOf(key, claim), ...condition });
    const answer = await write((options) => dynamodb.send(command, options), deadlineMs);
    return answer.kind === "done" ? OK : answer;
  };
  return {
    async insert(key, claim, deadlineMs) {
      const answer = await put(key, claim, { condition: isAbsent(clock.nowMs()), deadlineMs });
      // The item expired, or was removed, between the condition and the answer: nobody's write is in the way any more.
      return answer.kind === "absent" ? UNKNOWN : answer;
    },
    replace: (key, claim, when, deadlineMs) => put(key, claim, { condition: hasFence(when), deadlineMs }),
    async advance(key, claim, when, deadlineMs) {
      const command = new UpdateItemCommand({ ...common, ...advancing(key, claim, when) });
      const answer = await write((options) => dynamodb.send(command, options), deadlineMs);
      if (answer.kind === "done") return advancedTo(Number(answer.output.Attributes?.["sequence"]?.N));
      return answer.kind === "absent" ? UNKNOWN : answer;
    },
  };
}

interface Put {
  readonly condition: Condition;
  readonly deadlineMs: number | undefined;
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues: Item;
}

function isAbsent(nowMs: number): Condition {
  return {
    ConditionExpression: "attribute_not_exists(pk) OR expires < :now",
    ExpressionAttributeValues: { ":now": numberOf(Math.floor(nowMs / 1_000)) },
  };
}

function hasFence({ fence }: { readonly fence: Fence }): Condition {
  return { ConditionExpression: "fence = :fence", ExpressionAttributeValues: { ":fence": { S: fence } } };
}

/** The count goes on from what is there, in the same write. Entries of entities never expire, so it never begins anew. */
function advancing(key: LedgerKey, claim: Claim, { orderBelow, nowMs }: Advance) {
  const { pk, ...attributes } = itemOf(key, claim);
  const names = Object.keys(attributes);
  return {
    Key: { pk },
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(", ")}, #sequence = if_not_exists(#sequence, :zero) + :one`,
    ConditionExpression: "attribute_not_exists(pk) OR (#order < :below AND (#state = :done OR #leaseUntil < :now))",
    ExpressionAttributeNames: Object.fromEntries([...names, "sequence"].map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(names.map((name) => [`:${name}`, attributes[name] as AttributeValue])),
      ":below": { S: orderBelow },
      ":done": { S: "done" },
      ":now": numberOf(nowMs),
      ":zero": numberOf(0),
      ":one": numberOf(1),
    },
    ReturnValues: "UPDATED_NEW",
  } as const;
}

function itemOf({ processor, generation, id }: LedgerKey, claim: Claim): Item & { readonly pk: AttributeValue } {
  return {
    pk: { S: `${processor}#${generation}#${id}` },
    fence: { S: claim.fence },
    state: { S: claim.state },
    leaseUntil: numberOf(claim.leaseUntilMs),
    ...(claim.expiresMs !== undefined && { expires: numberOf(Math.ceil(claim.expiresMs / 1_000)) }),
    ...(claim.objectKey !== undefined && { objectKey: { S: claim.objectKey } }),
    ...(claim.order !== undefined && { order: { S: claim.order } }),
    ...(claim.sequence !== undefined && { sequence: numberOf(claim.sequence) }),
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
    ...(item["expires"]?.N !== undefined && { expiresMs: Number(item["expires"].N) * 1_000 }),
    ...(item["objectKey"]?.S !== undefined && { objectKey: item["objectKey"].S }),
    ...(item["order"]?.S !== undefined && { order: item["order"].S }),
    ...(item["sequence"]?.N !== undefined && { sequence: Number(item["sequence"].N) }),
  };
}

function numberOf(value: number): AttributeValue {
  return { N: value.toString() };
}
