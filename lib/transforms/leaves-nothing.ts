import type { Op } from "#plan";
import { TRANSFORMS } from "./table.ts";

/** Tells whether a chain leaves nothing of a value. */
export function leavesNothing(ops: readonly Op[]): boolean {
  return ops.some((op) => TRANSFORMS.get(op.op)?.yields(op) === "none");
}
