import type { Op } from "#plan";
import { revealsOf } from "../decide/chain-facts.ts";
import type { CellInfo } from "../policy.ts";

/** What is done to a value, and what the result reveals of it. */
export function treatmentOf(ops: readonly Op[]): Pick<CellInfo, "transforms" | "reveals"> {
  return { transforms: ops, reveals: revealsOf(ops) };
}
