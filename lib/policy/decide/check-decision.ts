import { type Kind, kindFacts } from "#plan";
import { checkChain, leavesNothing } from "#transforms";
import type { Breach } from "../breach.ts";
import type { CellDecl } from "../source/declarations.ts";
import { checkCeilings } from "./ceilings.ts";
import { areValid } from "./check-cells.ts";
import type { CellDecision, Question } from "./question.ts";

/** Checks that what was decided fits the value, and that the processor may learn what it leaves. */
export function checkDecision(question: Question, decision: CellDecision): readonly Breach[] {
  if (question.classification.class === "SECRET") return checkSecret(question);
  const decisions = decision.outputs?.map((output) => output.decision) ?? [decision];
  return decisions.flatMap((each) =>
    areValid(each.ops) ? [...checkFit(question, each), ...checkReveals(question, each)] : [],
  );
}

/** A decision for just this field that keeps a secret is a misunderstanding; one for a whole subtree need not be. */
function checkSecret({ leaf, processor: { name }, around }: Question): readonly Breach[] {
  const overlays = around.overlays.get(leaf.targets.at(-1) ?? "") ?? [];
  const cells = [...(leaf.chain.at(-1)?.cells ?? []), ...overlays.flatMap((overlay) => overlay.cells)];
  const isKeeping = ({ processors, ops }: CellDecl) => processors.includes(name) && !leavesNothing(ops);
  const message = `expected SECRET dropped for ${name}, got a decision that keeps it`;
  return cells.filter(isKeeping).map(({ place }) => ({ code: "POLICY_SECRET", place, message }));
}

function checkFit({ leaf, classification, processor }: Question, { ops, place }: CellDecision): readonly Breach[] {
  const { name, catchAll } = processor;
  if (catchAll) {
    if (ops.length === 0 || leavesNothing(ops)) return [];
    const message = `expected the catch_all ${name} to keep or drop, got a transform: it takes events whole`;
    return [{ code: "POLICY_TRANSFORM", place, message }];
  }
  if (leaf.open && ops.length === 0) {
    const message = `expected a decision of ${name} that fits a value with undeclared content, got one that keeps it`;
    const help = "write drop, encrypt or constant, or open_objects: DROP on the processor";
    return [{ code: "POLICY_OPEN_OBJECT", place, message, help }];
  }
  const breaches = checkChain(ops, { types: leaf.kinds, kind: classification.kind });
  return breaches.map(({ message }) => ({ code: "POLICY_TRANSFORM", place, message }));
}

function checkReveals(question: Question, { ops, place }: CellDecision): readonly Breach[] {
  const { classification, processor } = question;
  const countsAs = findCountsAs(question);
  const exposure = { class: classification.class, kind: classification.kind, ops, place };
  return checkCeilings(processor, { ...exposure, ...(countsAs !== undefined && { countsAs }) });
}

/** Text that no list of words bounds counts as what it could hold. */
function findCountsAs({ leaf, classification }: Question): Kind | undefined {
  const isBounded = (leaf.chain.at(-1)?.oneOf.length ?? 0) > 0 || !leaf.kinds.includes("string");
  return isBounded ? undefined : kindFacts(classification.kind).countsAs;
}
