import type { JsonKind } from "#json";
import { type Cell, type ColumnType, hashData, type Op, type OutputField, type OutputTable } from "#plan";
import { TRANSFORMS, yieldsOf } from "#transforms";
import { type Breach, type Found, helpWith } from "../breach.ts";
import type { LeafDecision } from "../decide/decide-leaves.ts";
import type { SchemaDecision } from "../decide/decide-schema.ts";
import type { CellDecision } from "../decide/question.ts";
import { ENRICHMENT_FACTS } from "../processor/enrichments.ts";
import type { OutputMessage, Processor } from "../processor/processor.ts";
import type { Subscriptions } from "../processor/subscriptions.ts";
import { EVENT_TIME, OURS } from "../processor/transport-facts.ts";
import { pathOf } from "../schema/resolve-paths.ts";
import { targetOf } from "../schema/tree.ts";
import type { FieldDecl } from "../source/declarations.ts";
import { cellOf } from "./cell.ts";

/** Writes the table by which a processor's events are restructured; undefined where they keep their own structure. */
export function writeOutput(
  { name, output }: Processor,
  subscriptions: Subscriptions,
  decisions: readonly SchemaDecision[],
): Found<OutputTable | undefined> {
  if (output === undefined) return { found: undefined, breaches: [] };
  const taken = decisions.filter(({ schema }) => subscriptions.has(schema.name));
  const leaves = taken.flatMap(({ variants }) => variants.flatMap((variant) => variant.leaves));
  const fields = output.message.fields.map((field) => writeField(field, { output, processor: name, leaves }));
  return {
    found: { schema: output.message.name, fields: fields.flatMap(({ found }) => found) },
    breaches: fields.flatMap(({ breaches }) => breaches),
  };
}

interface Available {
  readonly output: OutputMessage;
  readonly processor: string;
  readonly leaves: readonly LeafDecision[];
}

type FoundField = Found<readonly OutputField[]>;

function writeField(field: FieldDecl, available: Available): FoundField {
  const faults = findFaults(field);
  if (faults.length > 0) return refuse(field, ...faults);
  return field.enrich === undefined ? writePicked(field, available) : writeGenerated(field, field.enrich);
}

/** What an output field may not say: it is a single value, or a list of them, from one source. */
function findFaults({ type, repeat, source, enrich, classification, ...field }: FieldDecl): readonly string[] {
  const faults: string[] = [];
  if (type.type !== "scalar" || repeat === "map")
    faults.push("expected a flat field, got a message, map or open value");
  if ((source === undefined) === (enrich === undefined)) {
    faults.push(`expected either source or enrich, got ${source === undefined ? "neither" : "both"}`);
  }
  if (classification !== undefined) faults.push("expected the class of the source, got a classification");
  const { oneOf, requiredBy } = field;
  if (oneOf.length > 0 || requiredBy.length > 0)
    faults.push("expected checks at the source, got one_of or required_by");
  return faults;
}

function writeGenerated(field: FieldDecl, enrich: NonNullable<FieldDecl["enrich"]>): FoundField {
  const { of, type } = ENRICHMENT_FACTS[enrich];
  if (!kindsOf(field).includes(type) || field.repeat === "list") {
    return refuse(field, `expected a single ${type} for ${enrich}, got another type`);
  }
  const made = typeof of === "string" ? (MADE[of] ?? OURS) : of;
  const onFence = of === "entity" ? "drop" : "keep";
  const cell = { kinds: [type], class: made.class, kind: made.kind, ops: [], onFence } as const;
  return { found: [{ name: field.wireName, enrich, cell, column: columnOf(field) }], breaches: [] };
}

/** What generated values are in the cell of their field; their rows say it by their sources. */
const MADE: Readonly<Record<string, Pick<Cell, "class" | "kind">>> = {
  entity: { class: "IDENTIFIER", kind: "SUBJECT_ID" },
  id: { class: "IDENTIFIER", kind: "EVENT_ID" },
  time: EVENT_TIME,
};

interface PickedLeaf {
  readonly leaf: LeafDecision;
  readonly decision: CellDecision;
}

function writePicked(field: FieldDecl, available: Available): FoundField {
  const picks = findPicks(field, available);
  const [pick] = picks;
  if (pick === undefined) return refuseSource(field, available);
  const faults = picks.flatMap((each) => findMisfits(field, each));
  const cells = picks.map(({ leaf, decision }) => cellOf(leaf, decision));
  const [cell] = cells;
  if (new Set(cells.map(hashData)).size > 1) {
    faults.push("expected one class and decision in all schemas, got several; write the transform on this field");
  }
  if (faults.length > 0 || cell === undefined) return refuse(field, ...new Set(faults));
  const column = isTime(pick) ? wrapList(field, "TIMESTAMP") : columnOf(field);
  if (field.searchAsYouType && column !== "STRING") {
    return refuse(field, "expected search_as_you_type on a text field, got it on another type");
  }
  const search = field.searchAsYouType && { searchAsYouType: true as const };
  return { found: [{ name: field.wireName, source: pathOf(pick.leaf.leaf), cell, column, ...search }], breaches: [] };
}

/** The places that the field is taken from: one in each schema, or variant of a schema, that has it. */
function findPicks(field: FieldDecl, { processor, leaves }: Available): readonly PickedLeaf[] {
  return leaves.flatMap((leaf) => {
    const outputs = leaf.cells.get(processor)?.outputs ?? [];
    const own = outputs.find((output) => output.field === field);
    return own === undefined ? [] : [{ leaf, decision: own.decision }];
  });
}

function findMisfits(field: FieldDecl, { leaf: { leaf }, decision }: PickedLeaf): string[] {
  const around = leaf.chain.slice(0, -1);
  const own = leaf.chain.at(-1);
  if (around.some(({ repeat }) => repeat !== "one") || own?.repeat === "map") {
    return ["expected a source outside lists and maps, got one inside"];
  }
  if (own?.repeat !== field.repeat) {
    return [`expected ${field.repeat === "list" ? "a list" : "a single value"} at the source, got the other`];
  }
  const left = yieldsOf(leaf.kinds, decision.ops);
  const declared = kindsOf(field);
  const unfit = left.filter((kind) => !declared.includes(kind));
  return unfit.length === 0
    ? []
    : [`expected ${declared.join(" or ")} from ${field.source}, got ${unfit.join(" or ")}`];
}

function kindsOf({ type, alsoAccept }: FieldDecl): readonly JsonKind[] {
  return type.type === "scalar" ? [type.kind, ...alsoAccept] : [];
}

/** A time stays one as long as all transforms are made for times. */
function isTime({ leaf, decision }: PickedLeaf): boolean {
  const isForTimes = ({ op }: Op) => TRANSFORMS.get(op)?.forKinds?.includes("TIMESTAMP") === true;
  return leaf.classification.kind === "TIMESTAMP" && decision.ops.every(isForTimes);
}

const COLUMNS = { string: "STRING", boolean: "BOOLEAN" } as const;

function columnOf(field: FieldDecl): ColumnType {
  const { type, alsoAccept } = field;
  if (type.type !== "scalar" || alsoAccept.length > 0) return wrapList(field, "JSON");
  if (type.kind === "number") return wrapList(field, type.integer ? "INT64" : "DOUBLE");
  return wrapList(field, COLUMNS[type.kind]);
}

function wrapList({ repeat }: FieldDecl, column: ColumnType): ColumnType {
  return repeat === "list" ? { list: column } : column;
}

function refuseSource(field: FieldDecl, { leaves, processor }: Available): FoundField {
  const target = field.source?.replace(/\[\]$/, "") ?? "";
  const there = leaves.filter(({ leaf }) => targetOf(leaf) === target);
  if (there.some(({ classification }) => classification.class === "SECRET")) {
    const message = `expected no SECRET in the output message, got ${field.source}`;
    return { found: [], breaches: [{ code: "POLICY_SECRET", place: field.place, message }] };
  }
  // What is undecided there is reported there.
  if (there.length > 0) return { found: [], breaches: [] };
  const message = `expected the path of a field that ${processor} takes in source, got ${field.source}`;
  const { help } = helpWith(target, [...new Set(leaves.map(({ leaf }) => targetOf(leaf)))]);
  return { found: [], breaches: [wrong(field, message, help)] };
}

function refuse(field: FieldDecl, ...messages: readonly string[]): FoundField {
  return { found: [], breaches: messages.map((message) => wrong(field, message)) };
}

function wrong({ place }: FieldDecl, message: string, help?: string): Breach {
  return { code: "POLICY_OUTPUT", place, message, ...(help !== undefined && { help }) };
}
