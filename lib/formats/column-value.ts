import { getMember, type JsonObject, type JsonValue, writeJson } from "#json";
import { type Column, type ColumnType, isDecimalText, parseInteger } from "#plan";
import { microsOf } from "./timestamp.ts";

/** A value of a column: int64 and times (microseconds since the epoch) are bigint, JSON is text. */
export type ColumnValue =
  | null
  | string
  | boolean
  | number
  | bigint
  | readonly ColumnValue[]
  | ReadonlyMap<string, ColumnValue>;

/** Marks a value that the column's type cannot hold. */
export const UNFIT = Symbol("unfit");
export type Unfit = typeof UNFIT;

/** Reads a JSON value as a value of the column type. A missing value and null are null; a struct is a map by name. */
export function readColumnValue(type: ColumnType, value: JsonValue | undefined): ColumnValue | Unfit {
  if (value === undefined || value.kind === "null") return null;
  if (typeof type === "string") return SCALARS[type](value);
  if ("list" in type) return readList(type.list, value);
  if ("map" in type) return readMap(type.map, value);
  return value.kind === "object" ? readStruct(type.struct, value) : UNFIT;
}

const SCALARS = {
  STRING: (value: JsonValue) => (value.kind === "string" ? value.text : writeJson(value)),
  BOOLEAN: (value: JsonValue) => (value.kind === "boolean" ? value.value : UNFIT),
  INT64: readInt64,
  DOUBLE: (value: JsonValue) => (value.kind === "number" ? readDouble(value.text) : UNFIT),
  TIMESTAMP: (value: JsonValue) => (value.kind === "string" ? (microsOf(value.text) ?? UNFIT) : UNFIT),
  JSON: (value: JsonValue) => writeJson(value),
} as const;

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/** `1.0` and `1e3` are integers, and so are decimal digits in a string, as protobuf writes them. */
function readInt64(value: JsonValue): bigint | Unfit {
  const isInteger = value.kind === "number" || (value.kind === "string" && isDecimalText(value.text));
  const integer = isInteger ? parseInteger(value.text) : undefined;
  return integer !== undefined && integer >= MIN_INT64 && integer <= MAX_INT64 ? integer : UNFIT;
}

function readDouble(text: string): number | Unfit {
  const value = Number(text);
  return Number.isFinite(value) ? value : UNFIT;
}

function readList(item: ColumnType, value: JsonValue): readonly ColumnValue[] | Unfit {
  if (value.kind !== "array") return UNFIT;
  const items = value.items.map((inner) => readColumnValue(item, inner));
  return isFit(items) ? items : UNFIT;
}

function readMap(item: ColumnType, value: JsonValue): ReadonlyMap<string, ColumnValue> | Unfit {
  if (value.kind !== "object") return UNFIT;
  return toMap(value.members.map(({ name, value: inner }) => [name, readColumnValue(item, inner)]));
}

function readStruct(columns: readonly Column[], value: JsonObject): ReadonlyMap<string, ColumnValue> | Unfit {
  return toMap(columns.map(({ name, type }) => [name, readColumnValue(type, getMember(value, name))]));
}

function toMap(entries: readonly (readonly [string, ColumnValue | Unfit])[]): ReadonlyMap<string, ColumnValue> | Unfit {
  const fit = entries.filter((entry): entry is [string, ColumnValue] => entry[1] !== UNFIT);
  return fit.length === entries.length ? new Map(fit) : UNFIT;
}

function isFit(values: readonly (ColumnValue | Unfit)[]): values is readonly ColumnValue[] {
  return !values.includes(UNFIT);
}
