import { CLASSES, type Class, isPersonal, type Kind, type Op, type TransportCell } from "#plan";
import type { Breach } from "../breach.ts";
import { checkCeilings } from "../decide/ceilings.ts";
import { revealsOf } from "../decide/chain-facts.ts";
import type { SchemaDecision } from "../decide/decide-schema.ts";
import { TRANSPORT } from "../policy.ts";
import { ENRICHMENT_FACTS } from "../processor/enrichments.ts";
import { type Processor, placeOfPart } from "../processor/processor.ts";
import { SINKS } from "../processor/sinks.ts";
import type { Subscriptions } from "../processor/subscriptions.ts";
import { EVENT_ID, EVENT_TIME, type TransportFacts } from "../processor/transport-facts.ts";
import type { Leaf } from "../schema/tree.ts";
import type { SourcePlace } from "../source/declarations.ts";

/** A value that leaves beside the fields, as one processor gets it. */
export interface TransportDecision {
  readonly name: string;
  /** What it may be made of, the most sensitive first. */
  readonly of: readonly [Made, ...Made[]];
  readonly ops: readonly Op[];
  readonly rule: string;
  /** What makes it leave: the sink, the metadata, a field of the output message. */
  readonly place: SourcePlace;
}

export interface Made {
  readonly class: Class;
  readonly kind: Kind;
}

/** Lists what leaves with a processor's deliveries beside the event's fields. */
export function transportOf(
  processor: Processor,
  subscriptions: Subscriptions,
  decisions: readonly SchemaDecision[],
): readonly TransportDecision[] {
  const taken = decisions.filter(({ schema }) => subscriptions.has(schema.name));
  const made = {
    entity: madeOf(taken, ({ entity }) => entity?.leaves, EVENT_ID),
    order: madeOf(taken, ({ times }) => times, EVENT_TIME),
  };
  return listFacts(processor).map(({ name, facts: { of, ops, rule }, place }) => ({
    name,
    of: typeof of === "string" ? made[of] : [of],
    ops,
    rule,
    place,
  }));
}

/** Orders what values are made of: the higher class first, then what is about a person. */
export function bySensitivity(a: Made, b: Made): number {
  return CLASSES.indexOf(b.class) - CLASSES.indexOf(a.class) || Number(isPersonal(b)) - Number(isPersonal(a));
}

interface NamedFacts {
  readonly name: string;
  readonly facts: TransportFacts;
  readonly place: SourcePlace;
}

function listFacts({ decl, delivery, output }: Processor): readonly NamedFacts[] {
  const all = Object.entries(SINKS[delivery.sink].transport);
  const bySink = all.filter(([, { mode = delivery.mode }]) => mode === delivery.mode);
  const metadata = delivery.metadata.filter((name) => Object.hasOwn(ENRICHMENT_FACTS, name));
  const generated = output?.message.fields ?? [];
  return [
    ...bySink.map(([name, facts]) => ({ name, facts, place: placeOfPart(decl, "sink") })),
    ...metadata.map((name) => ({
      name: `metadata.${name.toLowerCase()}`,
      facts: ENRICHMENT_FACTS[name],
      place: placeOfPart(decl, "metadata"),
    })),
    ...generated.flatMap(({ enrich, wireName, place }) =>
      enrich === undefined ? [] : [{ name: `output.${wireName}`, facts: ENRICHMENT_FACTS[enrich], place }],
    ),
  ];
}

/** What the chosen leaves of the schemas that a processor takes are, and `other` where a schema has none of them. */
function madeOf(
  taken: readonly SchemaDecision[],
  choose: (schema: SchemaDecision["schema"]) => readonly Leaf[] | undefined,
  other: Made,
): TransportDecision["of"] {
  const made = taken.flatMap(({ schema, variants }): readonly Made[] => {
    const chosen = choose(schema) ?? [];
    if (chosen.length === 0) return [other];
    const leaves = variants.flatMap((variant) => variant.leaves.filter(({ leaf }) => chosen.includes(leaf)));
    return leaves.map(({ classification }) => ({ class: classification.class, kind: classification.kind }));
  });
  const distinct = [...new Map(made.map((each) => [`${each.class} ${each.kind}`, each])).values()];
  const [first = other, ...others] = distinct.sort(bySensitivity);
  return [first, ...others];
}

/** Checks transport data against ceilings, as fields are. */
export function checkTransport(processor: Processor, transport: readonly TransportDecision[]): readonly Breach[] {
  return transport.flatMap((each) => {
    const at = { schema: TRANSPORT, path: each.name, processors: [processor.name] };
    const exposures = each.of.map((made) => ({ ...made, ops: each.ops, place: each.place }));
    return exposures.flatMap((exposure) => checkCeilings(processor, exposure)).map((breach) => ({ ...breach, at }));
  });
}

/** Writes transport data for a plan. */
export function writeTransport(transport: readonly TransportDecision[]): readonly TransportCell[] {
  return transport.map(({ name, of: [made], ops, rule }) => ({ name, ...made, reveals: revealsOf(ops), rule }));
}
