import type { Op } from "#plan";

/** Reads a number parameter; undefined when it is unset. */
export function numberOf(op: Op, name: string): number | undefined {
  const value = op[name];
  return typeof value === "number" ? value : undefined;
}

/** Reads a string or enum parameter; undefined when it is unset. */
export function textOf(op: Op, name: string): string | undefined {
  const value = op[name];
  return typeof value === "string" ? value : undefined;
}

/** Reads a flag; an unset one is false. */
export function flagOf(op: Op, name: string): boolean {
  return op[name] === true;
}

/** Reads a list of numbers; an unset one is empty. */
export function numbersOf(op: Op, name: string): readonly number[] {
  const value = op[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === "number") : [];
}
