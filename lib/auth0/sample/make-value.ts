import { isObject, joinPath } from "#json";
import type { JsonSchema, SchemaType } from "../pack/json-schema.ts";
import type { KindOf } from "./kinds.ts";
import { makeOpenObject } from "./make-open-object.ts";
import { makePattern } from "./make-pattern.ts";
import { makeScopes } from "./make-scopes.ts";
import { type Moment, makeText } from "./make-text.ts";
import { DIGITS } from "./random.ts";

/** How the values of one event are made. */
export interface Making extends Moment {
  /** Share of optional fields that are there. */
  readonly fullness: number;
  /** Values that are given, by path. */
  readonly given: ReadonlyMap<string, unknown>;
  readonly kindOf: KindOf;
}

/** Makes a value that a schema allows. */
export function makeValue(schema: JsonSchema, path: string, making: Making): unknown {
  if (making.given.has(path)) return making.given.get(path);
  const branches = [...(schema.allOf ?? []), ...pickOne(schema.anyOf, making), ...pickOne(schema.oneOf, making)];
  const values = branches.map((branch) => makeValue(branch, path, making));
  const own = saysType(schema) || branches.length === 0 ? [makeOwn(schema, path, making)] : [];
  return [...own, ...values].reduce(combine);
}

function combine(left: unknown, right: unknown): unknown {
  return isObject(left) && isObject(right) ? { ...left, ...right } : right;
}

/** The first branch is the usual one. */
function pickOne(branches: readonly JsonSchema[] | undefined, { random }: Making): readonly JsonSchema[] {
  const [first, ...rest] = branches ?? [];
  if (first === undefined) return [];
  return [random.chance(0.8) ? first : random.pick([first, ...rest])];
}

function saysType({ type, properties, items, const: constant, enum: words }: JsonSchema): boolean {
  return [type, properties, items, constant, words].some((keyword) => keyword !== undefined);
}

function makeOwn(schema: JsonSchema, path: string, making: Making): unknown {
  if (schema.const !== undefined) return schema.const;
  const [word, ...words] = schema.enum ?? [];
  if (word !== undefined) return making.random.pick([word, ...words]);
  return MAKERS[pickType(schema, making)](schema, path, making);
}

function pickType(schema: JsonSchema, { random }: Making): SchemaType {
  const [first = "object", ...rest] = schema.type === undefined ? [] : [schema.type].flat();
  const isNullable = rest.length > 0 && rest.includes("null") && random.chance(0.1);
  const types = [first, ...rest].filter((type) => type !== "null");
  return isNullable ? "null" : random.pick([types[0] ?? "null", ...types.slice(1)]);
}

const MAKERS: Readonly<Record<SchemaType, (schema: JsonSchema, path: string, making: Making) => unknown>> = {
  null: () => null,
  boolean: (_schema, _path, { random }) => random.chance(0.5),
  string: makeString,
  number: makeNumber,
  integer: makeNumber,
  object: makeObject,
  array: makeArray,
};

function makeString(schema: JsonSchema, path: string, making: Making): string {
  if (schema.format === "date-time") return makeText("TIMESTAMP", lastName(path), making);
  if (schema.format === "ipv4" || schema.format === "ipv6")
    return making.person.addresses[schema.format === "ipv4" ? 0 : 1] ?? "";
  const text = makeText(making.kindOf(path, schema), lastName(path), making).slice(0, schema.maxLength);
  if (schema.pattern === undefined || new RegExp(schema.pattern, "u").test(text)) return text;
  return makePattern(schema.pattern, making.random);
}

function makeNumber(_schema: JsonSchema, path: string, { random, timeMs, person }: Making): number {
  const name = lastName(path);
  if (name === "latitude" || name === "longitude") return person.place[name];
  if (/At$|expiry|^start$/.test(name)) return timeMs - random.int(60_000);
  if (/status/i.test(name)) return random.pick([200, 201, 204, 400, 403, 429]);
  return /user_id|identity$/.test(name) ? Number(random.text(DIGITS, 8)) : random.int(200);
}

function makeObject(schema: JsonSchema, path: string, making: Making): unknown {
  const { properties = {}, required = [], additionalProperties } = schema;
  if (typeof additionalProperties === "object") return makeMap(additionalProperties, path, making);
  if (Object.keys(properties).length === 0) return makeOpenObject(path, making);
  const names = Object.keys(properties).filter(
    (name) =>
      required.includes(name) || making.given.has(joinPath(path, name)) || making.random.chance(making.fullness),
  );
  const values = names.map((name) => [name, makeValue(properties[name] ?? {}, joinPath(path, name), making)] as const);
  return Object.fromEntries(values);
}

function makeMap(schema: JsonSchema, path: string, making: Making): unknown {
  const keys = ["plan", "x-request-id", making.person.email].slice(0, making.random.int(3) + 1);
  return Object.fromEntries(keys.map((key) => [key, makeValue(schema, `${path}{}`, making)]));
}

function makeArray({ items = {} }: JsonSchema, path: string, making: Making): unknown {
  if (/scopes?$/.test(path)) return makeScopes(making.random);
  const item = saysType(items) || hasBranches(items) ? items : ({ type: "string" } as const);
  return Array.from({ length: making.random.int(3) + 1 }, () => makeValue(item, `${path}[]`, making));
}

function hasBranches({ allOf, anyOf, oneOf }: JsonSchema): boolean {
  return [allOf, anyOf, oneOf].some((branches) => branches !== undefined);
}

function lastName(path: string): string {
  return path.split(".").at(-1)?.replace("[]", "") ?? "";
}
