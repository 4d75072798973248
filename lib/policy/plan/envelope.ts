import {
  type Cell,
  type ColumnType,
  ENVELOPE_FIELDS,
  type EnvelopeField,
  type EnvelopePart,
  isPersonal,
  type Op,
  type Route,
} from "#plan";
import { leavesNothing, TRANSFORMS } from "#transforms";
import { checkCeilings } from "../decide/ceilings.ts";

import { areValid } from "../decide/check-cells.ts";
import { ENRICHMENT_FACTS } from "../processor/enrichments.ts";
import type { Processor } from "../processor/processor.ts";
import { SINKS } from "../processor/sinks.ts";
import { type DecidedEvents, decidePart, type PartDecision } from "./event-parts.ts";
import { sourceOf } from "./transport-sources.ts";

/** What travels with every record unless its source or a ceiling keeps it, beside what the event says of itself. */
const OURS_FIRST = ["DELIVERY_ID"] as const;
const OURS_LAST = ["POLICY_HASH"] as const;

/** Which part of the event each part of the envelope is: a schema is found by the type, and tells it. */
export const SOURCES: Readonly<Record<EnvelopeField, "type" | "time" | "source">> = {
  type: "type",
  schema: "type",
  time: "time",
  source: "source",
};

/** Decides what the events of a schema may say of themselves to a processor. What has no cell does not leave. */
export function envelopeOf(events: DecidedEvents, processor: Processor): NonNullable<Route["envelope"]> {
  if (processor.catchAll) return {};
  const cells = ENVELOPE_FIELDS.flatMap((field): readonly [EnvelopeField, Cell][] => {
    const decided = decidePart(SOURCES[field], events, processor);
    const cell = decided && cellOfField(field, decided, processor);
    return cell === undefined ? [] : [[field, cell]];
  });
  return Object.fromEntries(cells);
}

function cellOfField(field: EnvelopeField, decided: PartDecision, processor: Processor): Cell | undefined {
  const { decision, leaf, about } = decided;
  if (decision === undefined || !areValid(decision.ops) || leavesNothing(decision.ops)) return undefined;
  if (leaf === undefined && checkCeilings(processor, { ...decided, ...decision }).length > 0) return undefined;
  // The name of a schema is text of another form: it leaves where the type leaves as it is.
  if (field === "schema" && decision.ops.length > 0) return undefined;
  const oneOf = (field === "type" && leaf?.leaf.chain.at(-1)?.oneOf) || [];
  return {
    kinds: ["string"],
    class: decided.class,
    kind: field === "schema" ? "OBJECT_NAME" : decided.kind,
    ops: decision.ops,
    onFence: isPersonal(decided) ? "drop" : "keep",
    ...(oneOf.length > 0 && { oneOf }),
    ...(about !== undefined && { about }),
  };
}

/** Lists the parts that travel with a processor's records; `taken` are the events of each of its routes. */
export function partsOf(processor: Processor, taken: readonly DecidedEvents[]): readonly EnvelopePart[] {
  const sent = taken.map((events) => envelopeOf(events, processor));
  const said = ENVELOPE_FIELDS.flatMap((field): readonly EnvelopePart[] => {
    const cells = sent.flatMap((envelope) => envelope[field] ?? []);
    return cells.length === 0 ? [] : [{ name: field, of: { event: field }, column: columnOf(cells) }];
  });
  const first = OURS_FIRST.filter((name) => mayLearn(name, processor, taken)).map(partOf);
  const asked = processor.delivery.metadata.filter((name) => Object.hasOwn(ENRICHMENT_FACTS, name)).map(partOf);
  const all = [...first, ...said, ...OURS_LAST.map(partOf), ...asked];
  return withAttributes([...new Map(all.map((part) => [part.name, part])).values()], processor);
}

/** A ceiling that the sink's own ids would break is reported there; the envelope goes without. */
function mayLearn(name: keyof typeof ENRICHMENT_FACTS, processor: Processor, taken: readonly DecidedEvents[]): boolean {
  const { ops } = ENRICHMENT_FACTS[name];
  const { of } = sourceOf(ENRICHMENT_FACTS[name].of, taken, processor);
  return of.every((made) => checkCeilings(processor, { ...made, ops, place: processor.decl.place }).length === 0);
}

function partOf(name: keyof typeof ENRICHMENT_FACTS): EnvelopePart {
  return { name: name.toLowerCase(), of: { enrich: name }, column: ENRICHMENT_FACTS[name].column };
}

function withAttributes(parts: readonly EnvelopePart[], { delivery }: Processor): readonly EnvelopePart[] {
  const { attributes } = SINKS[delivery.sink];
  if (attributes === undefined) return parts;
  const asked = delivery.metadata.map((name) => name.toLowerCase());
  return parts.map((part) =>
    attributes.parts.includes(part.name) || asked.includes(part.name) ? { ...part, isAttribute: true as const } : part,
  );
}

/** A time stays one as long as all transforms are made for times. */
function columnOf(cells: readonly Cell[]): ColumnType {
  return cells.every(({ kind, ops }) => kind === "TIMESTAMP" && areForTimes(ops)) ? "TIMESTAMP" : "STRING";
}

/** Tells whether a chain leaves a time where it is given one. */
export function areForTimes(ops: readonly Op[]): boolean {
  return ops.every(({ op }) => TRANSFORMS.get(op)?.forKinds?.includes("TIMESTAMP") === true);
}
