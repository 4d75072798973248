import { isSealed } from "#plan";
import type { Blueprint } from "../events/blueprint.ts";
import type { EventCellPlace } from "../events/write-body.ts";
import { type VariantValue, writeVariant } from "../metamorphic/variants.ts";
import type { Variation } from "../metamorphic/vary-event.ts";
import type { Sample } from "../oracle/op-oracle.ts";
import { drawBase, drawInstead } from "./draw-value.ts";
import { isHiddenBelow, type UnitOptions } from "./units.ts";

/** How events become others that look the same. */
export interface MannerFacts {
  /** Each other value has as many characters. */
  readonly isAsLong: boolean;
  /** Values go, more of them come, others have another type: reports count what was left out. */
  readonly changesShape: boolean;
  /** Values that leave in seals are varied too: what seals hold is blackened. */
  readonly varies: "hidden" | "sealed" | "all";
  /** Nobody can read the events: all that leaves of them is a record in quarantine. */
  readonly isRefused: boolean;
}

const VALUES: MannerFacts = { isAsLong: true, changesShape: false, varies: "hidden", isRefused: false };

/** Each in a run of its own. */
export const MANNERS = {
  values: VALUES,
  lengths: { ...VALUES, isAsLong: false },
  shapes: { ...VALUES, isAsLong: false, changesShape: true },
  seals: { ...VALUES, varies: "sealed" },
  refusals: { ...VALUES, varies: "all", isRefused: true },
} as const satisfies Readonly<Record<string, MannerFacts>>;

export type Manner = keyof typeof MANNERS;

export interface HiddenOptions extends Omit<UnitOptions, "blueprints"> {
  readonly blueprint: Blueprint;
  readonly number: number;
  readonly seed: string;
  readonly manner: MannerFacts;
  /** Tells whether the value is varied. */
  isChosen(path: string): boolean;
}

/** The event that all others are compared with. */
export function baseVariation(seed: string, number: number, { isRefused }: MannerFacts): Variation {
  return {
    variantAt: () => "base",
    valueAt: ({ at, cell }) => drawBase(cell, `${seed} ${number} ${at}`),
    ...(isRefused && { refused: TWICE }),
  };
}

/** A member that is there twice. */
const TWICE = `"twice":1,"twice":1`;

/** Changes values of which the processor may not see the change. */
export function hiddenVariation(
  options: HiddenOptions,
  { base, company }: { readonly base: string; readonly company: boolean },
): Variation {
  const { number, seed, manner, isChosen } = options;
  return {
    ...baseVariation(base, number, manner),
    valueAt(place) {
      const value = drawBase(place.cell, `${base} ${number} ${place.at}`);
      return value !== undefined && isChosen(place.path) ? varyValue(place, value, options) : value;
    },
    ...(manner.changesShape && {
      insteadOf: (path, isList) =>
        isChosen(path) && options.erased.length === 0 && isHiddenBelow(path, options.blueprint, options)
          ? replace(isList, seed)
          : undefined,
      ...(company && { undeclared: seed }),
    }),
  };
}

/** Left out where it may be seen how it looks. */
function varyValue(place: EventCellPlace, value: VariantValue, options: HiddenOptions): VariantValue | undefined {
  const { plan, blueprint, number, erased, rules, manner, seed } = options;
  const { isAsLong, changesShape, varies } = manner;
  const at = { schema: blueprint.schema, type: blueprint.type ?? "", path: place.path, erased };
  // Who is named decides what is about somebody who is erased.
  const isNaming = erased.length > 0 && blueprint.people.has(place.path);
  if (changesShape && !isNaming && rules.isUnseen(plan.processor, at)) {
    const turn = (Buffer.from(seed).reduce((sum, byte) => sum * 31 + byte, number) + place.at.length) % 3;
    if (turn < 2) return turn === 0 ? undefined : writeVariant(place.cell, "misfit");
  }
  const isClosed =
    varies === "all" || (varies === "sealed" && (isSealed(plan) || rules.isSealedFor(plan.processor, at)));
  const accepts = (drawn: Sample) => isClosed || rules.hides(plan.processor, at, [value, drawn]);
  return drawInstead(place.cell, value, { seed: `${seed} ${number} ${place.at}`, isAsLong, accepts }) ?? value;
}

function replace(isList: boolean, seed: string): string {
  const many = Buffer.from(seed).reduce((sum, byte) => sum + byte, 0) % 2 === 0;
  if (!many) return isList ? "[]" : "null";
  return isList ? `["one",2,null,{"three":[]},[],5]` : `["none"]`;
}
