import type { JsonKind } from "#json";
import type { Op } from "#plan";
import { TRANSFORMS } from "./table.ts";

/** The JSON types that a chain leaves of values of these types. */
export function yieldsOf(kinds: readonly JsonKind[], ops: readonly Op[]): readonly JsonKind[] {
  return ops.reduce<readonly JsonKind[]>((before, op) => {
    const yields = TRANSFORMS.get(op.op)?.yields(op) ?? "none";
    if (yields === "none") return [];
    return yields === "same" ? before : [yields];
  }, kinds);
}
