import type { Op } from "./plan.ts";

/** Writes a chain of transforms for a reader: `keep`, `drop`, `normalize + mask(keep: 2)`. */
export function describeOps(ops: readonly Op[]): string {
  return ops.length === 0 ? "keep" : ops.map(describeOp).join(" + ");
}

function describeOp({ op, ...parameters }: Op): string {
  const written = Object.entries(parameters).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return written.length === 0 ? op : `${op}(${written.join(", ")})`;
}
