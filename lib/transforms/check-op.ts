import { isObject } from "#json";
import type { Op, OpValue } from "#plan";
import { countCodePoints } from "./code-points.ts";
import type { Parameter, Transform } from "./transform.ts";

/**
 * Checks an op against its transform's parameter table, and where that holds, its parameters against each other.
 *
 * Returns each breach as `expected <what>, got <what>`. Parameters are policy, not event data, so they are shown.
 */
export function checkOp(transform: Transform, op: Op): readonly string[] {
  const { op: _name, ...parameters } = op;
  const breaches = Object.entries(parameters).flatMap(([name, value]) => checkParameter(transform, name, value) ?? []);
  return breaches.length > 0 ? breaches : [transform.check?.(op) ?? []].flat();
}

function checkParameter(transform: Transform, name: string, value: OpValue): string | undefined {
  const parameter = transform.parameters.find((candidate) => candidate.name === name);
  if (parameter === undefined) {
    const known = transform.parameters.map((candidate) => candidate.name).join(", ") || "none";
    return `expected a parameter of ${transform.name} (${known}), got ${name}`;
  }
  const { words, fits } = TYPES[parameter.type];
  return fits(value) ? checkRange(parameter, value) : `expected ${name} to be ${words}, got ${value}`;
}

/** How each type of parameter is told, in words and in code. */
const TYPES: Readonly<Record<Parameter["type"], { readonly words: string; fits(value: OpValue): boolean }>> = {
  uint32: { words: "a whole number", fits: (value) => Number.isInteger(value) && Number(value) >= 0 },
  double: { words: "a finite number", fits: Number.isFinite },
  bool: { words: "true or false", fits: (value) => typeof value === "boolean" },
  string: { words: "a string", fits: isString },
  enum: { words: "a name", fits: isString },
  strings: { words: "a list of strings", fits: (value) => Array.isArray(value) && value.every(isString) },
  doubles: { words: "a list of finite numbers", fits: (value) => Array.isArray(value) && value.every(Number.isFinite) },
  keys: { words: "a list of names with transforms", fits: (value) => Array.isArray(value) && value.every(isObject) },
};

function isString(value: unknown): boolean {
  return typeof value === "string";
}

function checkRange({ name, values, min, max }: Parameter, value: OpValue): string | undefined {
  if (values !== undefined) {
    return values.some((allowed) => allowed === value)
      ? undefined
      : `expected ${name} to be one of ${values.join(", ")}, got ${value}`;
  }
  const size = sizeOf(value);
  if (size === undefined || (size >= (min ?? size) && size <= (max ?? size))) return undefined;
  const unit = typeof value === "string" ? "length " : "";
  return `expected ${name} of ${unit}${rangeWords(min, max)}, got ${size}`;
}

/** What `min` and `max` bound; undefined for a flag or a list. */
function sizeOf(value: OpValue): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" ? countCodePoints(value) : undefined;
}

function rangeWords(min = 0, max = Number.POSITIVE_INFINITY): string {
  if (min === max) return `${min}`;
  return max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
}
