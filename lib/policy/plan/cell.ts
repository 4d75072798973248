import type { JsonKind } from "#json";
import { type Cell, isAboutAnybody, isPersonal } from "#plan";
import type { LeafDecision } from "../decide/decide-leaves.ts";
import { namingOf } from "../decide/naming.ts";
import type { CellDecision } from "../decide/question.ts";

/** The order in which cells list JSON types. */
const KIND_ORDER: readonly JsonKind[] = ["string", "number", "boolean", "array", "object"];

/** Writes one decision as the cell of a plan. */
export function cellOf({ leaf, classification }: LeafDecision, { ops }: Pick<CellDecision, "ops">): Cell {
  const { class: fieldClass, kind, about } = classification;
  const names = namingOf(classification) !== undefined;
  const isAboutPeople = names || isPersonal(classification) || isAboutAnybody(classification);
  const { oneOf = [], type } = leaf.chain.at(-1) ?? {};
  const isInteger = !leaf.open && type?.type === "scalar" && type.kind === "number" && type.integer;
  return {
    kinds: KIND_ORDER.filter((each) => leaf.kinds.includes(each)),
    ...(isInteger && { integer: true }),
    class: fieldClass,
    kind,
    ops,
    onFence: isAboutPeople ? "drop" : "keep",
    ...(oneOf.length > 0 && { oneOf }),
    ...(about !== undefined && { about }),
  };
}
