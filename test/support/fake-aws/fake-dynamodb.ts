import type { HttpRequest, HttpResponse } from "@smithy/core/protocols";
import { answer, jsonError, textOf } from "../aws-double.ts";

interface Value {
  readonly S?: string;
  readonly N?: string;
}

type Item = Readonly<Record<string, Value>>;

interface Input {
  readonly Key?: { readonly pk: { readonly S: string } };
  readonly Item?: Item & { readonly pk: { readonly S: string } };
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues: Item;
}

/** One table, for the conditions that the ledger writes. */
export class FakeDynamoDb {
  readonly items = new Map<string, Item>();

  serve({ body }: HttpRequest): HttpResponse {
    const input = JSON.parse(textOf(body)) as Input;
    const key = input.Key?.pk.S ?? input.Item?.pk.S ?? "";
    const found = this.items.get(key);
    const holds = CONDITIONS[input.ConditionExpression];
    if (holds === undefined)
      throw new TypeError(`expected a condition of the ledger, got ${input.ConditionExpression}`);
    if (found !== undefined && !holds(found, input.ExpressionAttributeValues))
      return jsonError("ConditionalCheckFailedException", { Item: found });
    if (found === undefined && input.ConditionExpression === HAS_FENCE)
      return jsonError("ConditionalCheckFailedException");
    const item = input.Item ?? updated(input, found);
    this.items.set(key, item);
    return answer(200, { Attributes: { sequence: item["sequence"] } });
  }
}

const HAS_FENCE = "fence = :fence";

const CONDITIONS: Readonly<Record<string, (found: Item, values: Item) => boolean>> = {
  [HAS_FENCE]: (found, values) => found["fence"]?.S === values[":fence"]?.S,
  "attribute_not_exists(pk) OR expires < :now": (found, values) =>
    found["expires"] !== undefined && numberOf(found["expires"]) < numberOf(values[":now"]),
  "attribute_not_exists(pk) OR (#order < :below AND (#state = :done OR #leaseUntil < :now))": (found, values) =>
    (found["order"]?.S ?? "") < (values[":below"]?.S ?? "") &&
    (found["state"]?.S === "done" || numberOf(found["leaseUntil"]) < numberOf(values[":now"])),
};

function numberOf(value: Value | undefined): number {
  return Number(value?.N ?? 0);
}

/** `SET #a = :a, …, #sequence = if_not_exists(#sequence, :zero) + :one` */
function updated({ ExpressionAttributeNames = {}, ExpressionAttributeValues: values }: Input, found: Item = {}): Item {
  const names = Object.values(ExpressionAttributeNames).filter((name) => name !== "sequence");
  const set = names.map((name): [string, Value] => [name, values[`:${name}`] ?? {}]);
  return { ...found, ...Object.fromEntries(set), sequence: { N: String(numberOf(found["sequence"]) + 1) } };
}
