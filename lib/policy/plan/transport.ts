import {
  columnOfPart,
  type Dependency,
  type EnvelopePart,
  hasColumns,
  type LeavingChannel,
  type LeavingRow,
  type LeavingVariation,
  type Op,
  type OutputTable,
} from "#plan";
import { TRANSFORMS } from "#transforms";
import type { Breach } from "../breach.ts";
import { ceilingOf, checkCeilings } from "../decide/ceilings.ts";
import { revealsOf } from "../decide/chain-facts.ts";
import { TRANSPORT } from "../policy.ts";
import { ENRICHMENT_FACTS } from "../processor/enrichments.ts";
import { type Processor, placeOfPart } from "../processor/processor.ts";
import { SEAL } from "../processor/seal-facts.ts";
import { SINKS } from "../processor/sinks.ts";
import type { SinkTransport, TransportFacts } from "../processor/transport-facts.ts";
import type { SourcePlace } from "../source/declarations.ts";
import { envelopeOf, SOURCES } from "./envelope.ts";
import type { DecidedEvents } from "./event-parts.ts";
import { type Made, type Source, sourceOf } from "./transport-sources.ts";

/** A value that leaves beside the fields, as one processor gets it. */
export interface TransportDecision {
  readonly name: string;
  readonly channel: LeavingChannel;
  /** What it may be made of, the most sensitive first. */
  readonly of: readonly [Made, ...Made[]];
  readonly ops: readonly Op[];
  readonly rule: string;
  readonly dependsOn: readonly Dependency[];
  readonly varies: readonly LeavingVariation[];
  /** What makes it leave: the sink, the metadata, a field of the output message. */
  readonly place: SourcePlace;
  /** The cells that it follows from were checked against the ceilings. */
  readonly isChecked?: true;
}

/** Lists what leaves with a processor's deliveries beside the event's fields; `taken` are the events of its routes. */
export function transportOf(
  processor: Processor,
  taken: readonly DecidedEvents[],
  { envelope, output }: { readonly envelope: readonly EnvelopePart[]; readonly output: OutputTable | undefined },
): readonly TransportDecision[] {
  const { decl, delivery } = processor;
  const write = (name: string, facts: SinkTransport, place: SourcePlace) =>
    writeDecision(name, facts, { place, source: sourceOf(facts.of, taken, processor) });
  const bySink = Object.entries(SINKS[delivery.sink].transport)
    .filter(([, { mode = delivery.mode }]) => mode === delivery.mode)
    .map(([name, facts]) => write(name, facts, placeOfPart(decl, "sink")));
  const generated = (processor.output?.message.fields ?? []).flatMap(({ enrich, wireName, place }) =>
    enrich === undefined
      ? []
      : [write(`output.${wireName}`, { ...ENRICHMENT_FACTS[enrich], channel: "payload" }, place)],
  );
  const travelling = envelope.map((part) => decideEnvelopePart(part, processor, taken));
  const seals = isSealing(processor, taken)
    ? Object.entries(SEAL).map(([name, facts]) => ({ ...write(name, facts, decl.place), isChecked: true as const }))
    : [];
  const copies = travelling.flatMap((each) => withCopies(each, delivery));
  return [...bySink, ...copies, ...columnsOf(processor, taken, output), ...seals, ...generated];
}

/** A value is sealed, or whole records are. */
function isSealing({ name, catchAll, delivery }: Processor, taken: readonly DecidedEvents[]): boolean {
  if (catchAll || delivery.format === "SEALED") return true;
  const chains = taken.flatMap(({ leaves }) =>
    leaves.flatMap(({ cells }) => [
      cells.get(name),
      ...(cells.get(name)?.outputs ?? []).map(({ decision }) => decision),
    ]),
  );
  return chains.some((decision) => decision?.ops.some(({ op }) => TRANSFORMS.get(op)?.uses.includes("seal")));
}

/** Columns of files hold the fields of the output message, or the whole payload as text; files tell their bounds. */
function columnsOf(
  { delivery, decl }: Processor,
  taken: readonly DecidedEvents[],
  output: OutputTable | undefined,
): readonly TransportDecision[] {
  if (!hasColumns(delivery)) return [];
  const place = placeOfPart(decl, "format");
  if (output === undefined) return withStatistics({ ...PAYLOAD_COLUMN, place });
  return output.fields.flatMap(({ name, source, cell }) => {
    const at = source?.join(".");
    const dependsOn = taken.flatMap(({ schema, leaves }) =>
      leaves.some(({ leaf }) => leaf.path === at) ? [{ schema: schema.name, path: at ?? "" }] : [],
    );
    const of = [{ class: cell.class, kind: cell.kind, ...(cell.about && { about: cell.about }) }] as const;
    const column = { name, channel: "column", of, ops: cell.ops, rule: `the field ${name} of the record` } as const;
    return withStatistics({ ...column, dependsOn, varies: ["bytes", "length", "count"], place, isChecked: true });
  });
}

const PAYLOAD_COLUMN: Omit<TransportDecision, "place"> = {
  name: "payload",
  channel: "column",
  of: [{ class: "INTERNAL", kind: "OPEN_OBJECT" }],
  ops: [],
  rule: "the payload as text: its fields have rows of their own",
  dependsOn: [],
  varies: ["bytes", "length", "count"],
  isChecked: true,
};

function withStatistics(column: TransportDecision): readonly TransportDecision[] {
  const { name } = column;
  return [
    { ...column, name: `column.${name}` },
    {
      ...column,
      name: `statistics.${name}`,
      channel: "statistics",
      rule: `least and greatest value of ${name} in an object, and how many there are`,
      dependsOn: [...column.dependsOn, { fact: "batch" }],
      varies: ["bytes", "length", "count"],
    },
  ];
}

function decideEnvelopePart(
  part: EnvelopePart,
  processor: Processor,
  taken: readonly DecidedEvents[],
): TransportDecision & { readonly part: EnvelopePart } {
  const { decl } = processor;
  const name = `envelope.${part.name}`;
  if ("enrich" in part.of) {
    const facts: TransportFacts = ENRICHMENT_FACTS[part.of.enrich];
    const place = placeOfPart(decl, processor.delivery.metadata.includes(part.of.enrich) ? "metadata" : "sink");
    const source = sourceOf(facts.of, taken, processor);
    return { ...writeDecision(name, { ...facts, channel: "envelope" }, { place, source }), part };
  }
  const { event } = part.of;
  const cells = taken.flatMap((events) => envelopeOf(events, processor)[event] ?? []);
  const [ops = []] = cells
    .map((cell) => cell.ops)
    .sort((one, other) => revealsOf(other).length - revealsOf(one).length);
  const rule = `what the event says of its ${SOURCES[event]}, as far as its field's cell lets it, in each schema`;
  const facts = { of: SOURCES[event], ops, rule, channel: "envelope" } as const;
  const source = sourceOf(facts.of, taken, processor);
  return { ...writeDecision(name, facts, { place: placeOfPart(decl, "sink"), source }), isChecked: true, part };
}

/** What travels with a record stands beside a message's body too, or in a column, whose file tells its bounds. */
function withCopies(
  { part, ...decision }: TransportDecision & { readonly part: EnvelopePart },
  delivery: Processor["delivery"],
): readonly TransportDecision[] {
  const { name } = part;
  if (part.isAttribute) {
    const rule = `${decision.name}, beside the body`;
    return [decision, { ...decision, name: `attribute.${name}`, channel: "attribute", rule }];
  }
  return hasColumns(delivery)
    ? withStatistics({ ...decision, name: columnOfPart(name), channel: "column" })
    : [decision];
}

function writeDecision(
  name: string,
  { channel, ops, rule, facts = [], varies = ["bytes"] }: SinkTransport,
  { place, source }: { readonly place: SourcePlace; readonly source: Source },
): TransportDecision {
  const dependsOn = [...source.dependsOn, ...facts.map((fact) => ({ fact }))];
  return { name, channel, of: source.of, ops, rule, dependsOn, varies, place };
}

/** Checks transport data against ceilings, as fields are. */
export function checkTransport(processor: Processor, transport: readonly TransportDecision[]): readonly Breach[] {
  return transport
    .filter(({ isChecked }) => !isChecked)
    .flatMap((each) => {
      const at = { schema: TRANSPORT, path: each.name, processors: [processor.name] };
      const exposures = each.of.map((made) => ({ ...made, ops: each.ops, place: each.place }));
      return exposures.flatMap((exposure) => checkCeilings(processor, exposure)).map((breach) => ({ ...breach, at }));
    });
}

/** Writes transport data for a plan. */
export function writeTransport(processor: Processor, transport: readonly TransportDecision[]): readonly LeavingRow[] {
  return transport.map(({ name, channel, of: [made], ops, rule, dependsOn, varies }) => {
    const ceiling = ceilingOf(processor, made);
    const row = { name, channel, class: made.class, kind: made.kind, reveals: revealsOf(ops) };
    return { ...row, ...(ceiling && { ceiling }), dependsOn, varies, rule };
  });
}
