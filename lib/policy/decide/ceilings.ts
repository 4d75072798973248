import { type Class, type Kind, type Op, REVEALS, type Reveal } from "#plan";
import type { Breach } from "../breach.ts";
import type { Processor } from "../processor/processor.ts";
import type { CeilingDecl, PolicySource, SourcePlace } from "../source/declarations.ts";
import { revealsBeyond, revealsOf } from "./chain-facts.ts";

/** A value of a class and kind that a processor gets, and what is done to it before. */
export interface Exposure {
  readonly class: Class;
  readonly kind: Kind;
  /** The kind that the widest ceilings take it for: CENTRAL's, and those for data that leaves the jurisdiction. */
  readonly countsAs?: Kind;
  readonly ops: readonly Op[];
  /** Where that is decided. */
  readonly place: SourcePlace;
}

/** Checks that a processor learns no more of a value than each ceiling that holds for it allows. */
export function checkCeilings(processor: Processor, exposure: Exposure): readonly Breach[] {
  const reveals = revealsOf(exposure.ops);
  return ceilingsFor(processor, exposure).flatMap((ceiling): readonly Breach[] => {
    const beyond = revealsBeyond(reveals, ceiling.reveals);
    if (beyond.length === 0) return [];
    const allowed = ceiling.reveals.join(", ") || "nothing";
    const of = `${exposure.class} ${kindBefore(ceiling, exposure)}`;
    const message = `expected ${processor.name} to learn at most ${allowed} of ${of}, got ${beyond.join(", ")}`;
    const where = ceiling.leavesJurisdiction ? `, and ${processor.name} is in ${processor.delivery.region}` : "";
    const help = `the ceiling for ${wordsOf(ceiling)} is at ${ceiling.place.file}:${ceiling.place.line}${where}`;
    return [{ code: "POLICY_CEILING", place: exposure.place, message, help }];
  });
}

/** What all ceilings that hold for a value allow together; undefined where none does. */
export function ceilingOf(
  processor: Processor,
  of: Pick<Exposure, "class" | "kind" | "countsAs">,
): readonly Reveal[] | undefined {
  const holding = ceilingsFor(processor, of);
  if (holding.length === 0) return undefined;
  return REVEALS.filter((reveal) => holding.every(({ reveals }) => revealsBeyond([reveal], reveals).length === 0));
}

/** Of the ceilings for one tier and jurisdiction, that for the kind stands in for that for the whole class. */
function ceilingsFor(
  { ceilings }: Processor,
  exposure: Pick<Exposure, "class" | "kind" | "countsAs">,
): readonly CeilingDecl[] {
  const ofClass = ceilings.get(exposure.class) ?? [];
  return ofClass.filter((ceiling) => {
    const kind = kindBefore(ceiling, exposure);
    if (ceiling.kind !== undefined) return ceiling.kind === kind;
    return !ofClass.some((other) => other.kind === kind && scopeOf(other) === scopeOf(ceiling));
  });
}

function kindBefore(
  { tier, leavesJurisdiction }: CeilingDecl,
  { kind, countsAs = kind }: Pick<Exposure, "kind" | "countsAs">,
): Kind {
  return tier === "CENTRAL" || leavesJurisdiction ? countsAs : kind;
}

function scopeOf({ tier, leavesJurisdiction }: CeilingDecl): string {
  return `${tier} ${leavesJurisdiction}`;
}

function wordsOf({ tier, leavesJurisdiction }: CeilingDecl): string {
  const where = tier === undefined ? [] : [`tier ${tier}`];
  const words = leavesJurisdiction ? [...where, "data that leaves the jurisdiction"] : where;
  return words.join(" and ") || "every tier";
}

/** Checks the ceilings themselves: each names a class, and none is written twice. */
export function checkCeilingDecls({ ceilings }: PolicySource): readonly Breach[] {
  return ceilings.flatMap((ceiling, index): readonly Breach[] => {
    const { place } = ceiling;
    if (ceiling.class === undefined) {
      return [{ code: "POLICY_PROCESSOR", place, message: "expected a class in the ceiling, got none" }];
    }
    const twin = ceilings
      .slice(0, index)
      .find(
        (other) => other.class === ceiling.class && other.kind === ceiling.kind && scopeOf(other) === scopeOf(ceiling),
      );
    if (twin === undefined) return [];
    const of = ceiling.kind === undefined ? ceiling.class : `${ceiling.class} ${ceiling.kind}`;
    const message = `expected one ceiling for ${wordsOf(ceiling)} and ${of}, got a second beside that of line ${twin.place.line}`;
    return [{ code: "POLICY_CONFLICT", place, message }];
  });
}
