import { columnOfPart, describeOps, type EnvelopePart, hasColumns, type Op, type OutputTable } from "#plan";
import { leavesNothing } from "#transforms";
import type { Breach } from "../breach.ts";
import { type Processor, placeOfPart } from "../processor/processor.ts";
import { type NameFacts, SINKS, type TimeNeed } from "../processor/sinks.ts";
import type { SourcePlace } from "../source/declarations.ts";
import { checkIndexFields } from "./check-index-fields.ts";
import { areForTimes } from "./envelope.ts";
import { type DecidedEvents, decidePart } from "./event-parts.ts";

/** Everything about a processor that its sink has a say in. */
export interface SinkQuestion {
  readonly processor: Processor;
  /** The events that it takes. */
  readonly taken: readonly DecidedEvents[];
  readonly envelope: readonly EnvelopePart[];
  readonly output: OutputTable | undefined;
}

/** Checks that what leaves fits its sink: when events happened, how many attributes there are, what fields are called. */
export function checkSink(question: SinkQuestion): readonly Breach[] {
  return [...checkTime(question), ...checkAttributes(question), ...checkNames(question), ...checkIndexFields(question)];
}

/** What is kept by time needs the time of every event, as far as it is kept by it. */
function checkTime({ processor, taken }: SinkQuestion): readonly Breach[] {
  const { needsTime } = SINKS[processor.delivery.sink];
  if (needsTime === undefined) return [];
  const breaches = taken.flatMap((events) => checkTimeOf(events, needsTime, processor));
  return [...new Map(breaches.map((breach) => [JSON.stringify(breach), breach])).values()];
}

function checkTimeOf(events: DecidedEvents, need: TimeNeed, processor: Processor): readonly Breach[] {
  const time = decidePart("time", events, processor);
  const { ops, rule } = time?.decision ?? {};
  // Whether the document shows the time is another question than where it is kept, and so is a time that nobody decided.
  if (ops === undefined || rule === "not_in_output" || leaves(ops, need)) return [];
  const { name, decl, delivery } = processor;
  const place = time?.decision?.place ?? placeOfPart(decl, "sink");
  const message = `expected at least the ${need.word} of the event's time for ${name}, whose ${delivery.sink} is kept by it, got ${describeOps(ops)}`;
  const at = { schema: events.schema.name, path: time?.leaf?.leaf.path ?? "time", processors: [name] };
  const { class: of, kind } = time ?? { class: "INTERNAL", kind: "TIMESTAMP" };
  const help = `write defaults: { classification: ${of}, kind: ${kind}, transforms: { generalize_time: { unit: ${need.unit} } } } on the processor, or choose another sink`;
  return [{ code: "POLICY_SINK", place, message, at, help }];
}

function leaves(ops: readonly Op[], { enough }: TimeNeed): boolean {
  return (
    areForTimes(ops) &&
    !leavesNothing(ops) &&
    ops.every(({ unit }) => unit === undefined || enough.includes(String(unit)))
  );
}

function checkAttributes({ processor, envelope }: SinkQuestion): readonly Breach[] {
  const { name, decl, delivery } = processor;
  const { attributes } = SINKS[delivery.sink];
  if (attributes === undefined) return [];
  const parts = envelope.filter(({ isAttribute }) => isAttribute).map((part) => part.name);
  const all = new Set([...parts, ...(attributes.own[delivery.mode] ?? [])]);
  if (all.size <= attributes.most) return [];
  const message = `expected at most ${attributes.most} attributes with each message of ${name}, got ${all.size}: ${[...all].join(", ")}`;
  return [{ code: "POLICY_SINK", place: placeOfPart(decl, "metadata"), message, help: "ask for less in metadata" }];
}

/** A name at the root of what a sink is given, and where it comes from. */
interface RootName {
  readonly name: string;
  readonly place: SourcePlace;
  readonly at?: Breach["at"];
}

function checkNames(question: SinkQuestion): readonly Breach[] {
  const { processor, output } = question;
  const names = namesOf(question);
  const { names: facts } = SINKS[processor.delivery.sink];
  // Events that keep their own structure are one text in a file, whatever is in it.
  const areColumns = facts.areColumns === true && output !== undefined;
  const reserved = facts.areColumns && !areColumns ? [] : Object.entries(facts.reserved);
  const spell = areColumns ? spelledAsColumn : (name: string) => name;
  const taken = new Map(
    [...reserved, ...Object.entries(ownNames(question))].map(([name, what]) => [spell(name), what]),
  );
  return names.flatMap((root) => {
    const found = checkShape(root, facts, processor);
    const spelled = spell(root.name);
    const other = taken.get(spelled);
    if (other !== undefined && other !== whatOf(root)) return [...found, clash(root, other, processor)];
    taken.set(spelled, whatOf(root));
    return found;
  });
}

/** What stands in every record of the output beside its own fields. */
function ownNames({ processor: { delivery }, envelope }: SinkQuestion): Readonly<Record<string, string>> {
  // Elsewhere the envelope is one member, whose name no field may have.
  if (!hasColumns(delivery)) return {};
  const parts = ["delivery_id", ...envelope.map(({ name }) => name)];
  return Object.fromEntries(parts.map((name) => [columnOfPart(name), "a column of the envelope"]));
}

/** Glue and Athena read names in lower case, and Avro spells every other character as `_`. */
function spelledAsColumn(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9_]/g, "_");
}

/** The fields of the output message; without one, those at the root of the events, where they are not one column. */
function namesOf({ processor, taken, output }: SinkQuestion): readonly RootName[] {
  const { catchAll, delivery, output: declared } = processor;
  if (catchAll) return [];
  if (output !== undefined) {
    return (declared?.message.fields ?? []).map(({ wireName, place }) => ({ name: wireName, place }));
  }
  return hasColumns(delivery) ? [] : taken.flatMap((events) => rootNamesOf(events, processor));
}

/** Root fields below which something leaves. */
function rootNamesOf({ schema, leaves: decided }: DecidedEvents, { name: processor }: Processor): readonly RootName[] {
  const roots = new Map<string, RootName>();
  for (const { leaf, cells } of decided) {
    const [root] = leaf.chain;
    const cell = cells.get(processor);
    if (root === undefined || cell === undefined || leavesNothing(cell.ops)) continue;
    const at = { schema: schema.name, path: root.wireName, processors: [processor] };
    roots.set(root.wireName, { name: root.wireName, place: root.place, at });
  }
  return [...roots.values()];
}

/** The same field of several schemas is one name; two fields of one message are two. */
function whatOf({ name, at }: RootName): string {
  return at === undefined ? `the field ${name}` : `the field ${name} of the events`;
}

function checkShape(
  { name, place, at }: RootName,
  { longest, shape }: NameFacts,
  { delivery }: Processor,
): readonly Breach[] {
  const tail = at === undefined ? {} : { at };
  const bytes = Buffer.byteLength(name);
  const messages = [
    ...(longest !== undefined && bytes > longest ? [`a name of at most ${longest} bytes, got one of ${bytes}`] : []),
    ...(shape === undefined || shape.pattern.test(name) ? [] : [`${shape.words}, got ${JSON.stringify(name)}`]),
  ];
  return messages.map((message) => ({
    code: "POLICY_SINK",
    place,
    message: `expected for ${delivery.sink} ${message}`,
    ...tail,
  }));
}

function clash({ name, place, at }: RootName, other: string, { delivery, name: processor }: Processor): Breach {
  const message = `expected names that ${delivery.sink} tells apart in what ${processor} gets, got ${name} beside ${other}`;
  const help = at === undefined ? "call the field otherwise" : "drop it, or rename it in an output message";
  return { code: "POLICY_SINK", place, message, help, ...(at !== undefined && { at }) };
}
