import { indexFieldOf } from "#formats";
import { mapsFields, type OutputTable } from "#plan";
import { leavesNothing } from "#transforms";
import type { Breach } from "../breach.ts";
import type { LeafDecision } from "../decide/decide-leaves.ts";
import type { Processor } from "../processor/processor.ts";
import type { SourcePlace } from "../source/declarations.ts";
import { cellOf } from "./cell.ts";
import type { DecidedEvents } from "./event-parts.ts";

/** A field of an index, and the event field that makes it one of this type. */
interface IndexField {
  /** Without `[]`: search indexes know no lists. */
  readonly path: string;
  readonly type: string;
  readonly schema: string;
  readonly place: SourcePlace;
}

/** The events that a processor takes, and whether an output message gives their fields other names. */
export interface IndexQuestion {
  readonly processor: Processor;
  readonly taken: readonly DecidedEvents[];
  readonly output: OutputTable | undefined;
}

const OBJECT = "object";
const MAP = "map";

/** Checks that a field is of one type in all events that share an index: the second type would be refused by it, or not found. */
export function checkIndexFields({ processor, taken, output }: IndexQuestion): readonly Breach[] {
  if (!mapsFields(processor.delivery) || output !== undefined) return [];
  const fields = taken.flatMap(({ schema, leaves }) =>
    leaves.flatMap((leaf) => fieldsOf(leaf, processor.name).map((field) => ({ ...field, schema: schema.name }))),
  );
  const first = new Map<string, IndexField>();
  const breaches: Breach[] = [];
  for (const field of fields) {
    const known = first.get(field.path) ?? field;
    first.set(field.path, known);
    if (known.type !== field.type) breaches.push(conflict(field, known, processor.name));
  }
  return breaches;
}

/** The field of a leaf and the objects around it; none where nothing of it leaves. */
function fieldsOf(decided: LeafDecision, processor: string): readonly Omit<IndexField, "schema">[] {
  const { leaf } = decided;
  const decision = decided.cells.get(processor);
  if (decision === undefined || leaf.isKey || leavesNothing(decision.ops)) return [];
  const [path = "", inMap] = leaf.path.replaceAll("[]", "").split("{}");
  const steps = path.split(".");
  const fields = steps.map((_, at) => ({
    path: steps.slice(0, at + 1).join("."),
    place: leaf.chain[at]?.place ?? decision.place,
    type: OBJECT,
  }));
  const type = inMap === undefined ? typeOf(decided, decision) : MAP;
  return type === undefined ? [] : fields.map((field, at) => (at < steps.length - 1 ? field : { ...field, type }));
}

function typeOf(decided: LeafDecision, decision: Parameters<typeof cellOf>[1]): string | undefined {
  const mapping = indexFieldOf(cellOf(decided, decision));
  return mapping && String(mapping["enabled"] === false ? "open value" : mapping["type"]);
}

function conflict(field: IndexField, known: IndexField, processor: string): Breach {
  const other = `${known.type} of ${known.schema} at ${known.place.file}:${known.place.line}`;
  return {
    code: "POLICY_SINK",
    place: field.place,
    message: `expected one type of field in all documents of ${processor}, got ${field.type} beside ${other}`,
    at: { schema: field.schema, path: field.path, processors: [processor] },
    help: `drop one of the two for ${processor} by an overlay, or give ${processor} an output message`,
  };
}
