import { EVENT_PARTS, type EventPartName } from "#feeds";
import type { Class, Kind, Op, Role } from "#plan";
import type { LeafDecision } from "../decide/decide-leaves.ts";
import type { CellDecision } from "../decide/question.ts";
import { defaultKey, type Processor } from "../processor/processor.ts";
import type { Schema } from "../schema/schema.ts";
import type { SourcePlace } from "../source/declarations.ts";

/** What a processor may see of a part of an event, and why. */
export interface PartDecision {
  readonly class: Class;
  readonly kind: Kind;
  readonly about?: Role;
  /** The field that the schema declares for it; absent where it declares none. */
  readonly leaf?: LeafDecision;
  /** Absent where no rule decides: then it does not leave. */
  readonly decision?: Pick<CellDecision, "ops" | "how" | "place"> & { readonly rule?: CellDecision["rule"] };
}

/** The events of one schema, as one set of overlays decides them. */
export interface DecidedEvents {
  readonly schema: Schema;
  readonly leaves: readonly LeafDecision[];
}

/**
 * Decides a part of the events: as its field, where the schema declares it, else as its feed's class and kind are by default.
 * Undefined where the feed does not say what it is.
 */
export function decidePart(
  part: EventPartName,
  { schema, leaves }: DecidedEvents,
  processor: Processor,
): PartDecision | undefined {
  const facts = EVENT_PARTS[schema.feed][part];
  if (facts === undefined) return undefined;
  const leaf = facts.paths.flatMap((path) => leaves.find((each) => each.leaf.path === path.join(".")) ?? [])[0];
  if (leaf === undefined) return { class: facts.class, kind: facts.kind, ...byDefault(facts, processor) };
  const { class: of, kind, about } = leaf.classification;
  const decision = leaf.cells.get(processor.name);
  return { class: of, kind, ...(about && { about }), leaf, ...(decision && { decision }) };
}

function byDefault(
  { class: of, kind }: { readonly class: Class; readonly kind: Kind },
  { defaults, catchAll, decl }: Processor,
): Pick<PartDecision, "decision"> {
  if (catchAll) return { decision: { ops: KEEP, how: "catch_all keeps it", place: decl.place } };
  const found = defaults.get(defaultKey(of, kind)) ?? defaults.get(defaultKey(of));
  if (found === undefined) return {};
  const decision: { readonly ops: readonly Op[]; readonly place: SourcePlace } = found;
  return { decision: { ...decision, how: `default for ${of} ${kind}` } };
}

const KEEP: readonly Op[] = [];
