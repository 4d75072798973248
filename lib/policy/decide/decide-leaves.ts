import type { Breach, Found } from "../breach.ts";
import type { Processor } from "../processor/processor.ts";
import type { Schema } from "../schema/schema.ts";
import type { Leaf } from "../schema/tree.ts";
import { checkDecision } from "./check-decision.ts";
import { findClassification, isComplete } from "./classify.ts";
import { decideCell } from "./decide-cell.ts";
import { checkNaming } from "./naming.ts";
import type { CellDecision, Classification, Question, VariantContext } from "./question.ts";

/** What was decided about one leaf. */
export interface LeafDecision {
  readonly leaf: Leaf;
  readonly classification: Classification;
  /** By the name of the processor. */
  readonly cells: ReadonlyMap<string, CellDecision>;
}

/** The fields of a schema, as one set of overlays decides them. */
export interface SchemaQuestion {
  readonly schema: Schema;
  readonly processors: readonly Processor[];
  readonly around: VariantContext;
}

/** Decides every leaf of a schema for every processor. Pure and cheap; a leaf without a class is left out. */
export function decideLeaves(question: SchemaQuestion): Found<readonly LeafDecision[]> {
  const breaches: Breach[] = [];
  const found = question.schema.leaves.flatMap((leaf): readonly LeafDecision[] => {
    const classification = findClassification(leaf, question.around);
    if (isComplete(classification)) return [decideLeaf(leaf, classification, question, breaches)];
    breaches.push(unclassified(leaf, question, classification));
    return [];
  });
  return { found, breaches };
}

function decideLeaf(
  leaf: Leaf,
  classification: Classification,
  { schema, processors, around }: SchemaQuestion,
  breaches: Breach[],
): LeafDecision {
  const cells = new Map<string, CellDecision>();
  const undecided: string[] = [];
  const at = { schema: schema.name, path: leaf.path };
  breaches.push(...checkNaming(classification).map((breach) => ({ ...breach, at })));
  for (const processor of processors) {
    const question: Question = { leaf, classification, processor, around };
    const decision = decideCell(question);
    if (decision === undefined) {
      undecided.push(processor.name);
      continue;
    }
    cells.set(processor.name, decision);
    const here = { ...at, processors: [processor.name] };
    breaches.push(...checkDecision(question, decision).map((breach) => ({ ...breach, at: here })));
  }
  if (undecided.length > 0) breaches.push(undecidedBreach({ leaf, classification, schema }, undecided));
  return { leaf, classification, cells };
}

function unclassified(leaf: Leaf, { schema }: SchemaQuestion, found: ReturnType<typeof findClassification>): Breach {
  const at = { schema: schema.name, path: leaf.path };
  const code = "POLICY_UNCLASSIFIED";
  const field = leaf.chain.at(-1);
  if (found !== undefined) {
    return { code, place: found.place, message: `expected a class beside kind ${found.kind}, got none`, at };
  }
  return {
    code,
    place: field?.place ?? schema.place,
    message: "expected a class, got none",
    at,
    help: `write (auth0.proto.options.fields.v1.classification) = { classification: …, kind: … }, or list "${field?.name}" in covers of default_classification`,
  };
}

interface Undecided {
  readonly leaf: Leaf;
  readonly classification: Classification;
  readonly schema: Schema;
}

function undecidedBreach({ leaf, classification, schema }: Undecided, processors: readonly string[]): Breach {
  const { class: fieldClass, kind } = classification;
  const names = processors.length === 1 ? processors.join("") : `[${processors.join(", ")}]`;
  const ofKind = kind === "OTHER" ? "" : `, kind: ${kind}`;
  const orOpen = leaf.open ? ", or open_objects: DROP" : "";
  return {
    code: "POLICY_UNDECIDED",
    place: leaf.chain.at(-1)?.place ?? schema.place,
    message: `expected a decision of ${listNames(processors)} for ${fieldClass} ${kind}, got none`,
    at: { schema: schema.name, path: leaf.path, processors },
    help: `${leaf.isKey ? "say what the keys are in map_key_classification, and " : ""}write processor: { name: ${names}, transforms: … } ${leaf.isKey ? "in map_key_transform" : "on the field"}, or defaults: { classification: ${fieldClass}${ofKind}, transforms: … }${orOpen} on the processor`,
  };
}

/** `A`, `A and B`, `A, B and C`. */
function listNames(names: readonly string[]): string {
  const last = names.slice(-1).join("");
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
