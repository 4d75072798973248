import type { Op } from "#plan";
import type { OriginRule } from "../policy.ts";
import { defaultKey, placeOfPart } from "../processor/processor.ts";
import { targetOf } from "../schema/tree.ts";
import type { CellDecl, SourcePlace } from "../source/declarations.ts";
import { strengthOf } from "./chain-facts.ts";
import { first } from "./classify.ts";
import type { CellDecision, OutputDecision, Question } from "./question.ts";
import { fieldReach, findPrevious, overlayReach, PREVIOUS_OBJECT } from "./reach.ts";

/**
 * Decides one cell; undefined where no rule does.
 *
 * The rules in the order in which they are asked: this is the precedence of the policy language.
 */
export function decideCell(question: Question): CellDecision | undefined {
  return (
    secret(question) ??
    notSubscribed(question) ??
    (question.processor.output === undefined ? first(RULES, (rule) => rule(question)) : decideOutputs(question))
  );
}

type Rule = (question: Question) => CellDecision | undefined;

const DROP: readonly Op[] = [{ op: "drop" }];

const secret: Rule = ({ classification }) =>
  classification.class === "SECRET"
    ? decision("secret", { ops: DROP, how: "SECRET is dropped everywhere", place: classification.place })
    : undefined;

const notSubscribed: Rule = ({ processor: { name, decl }, around }) =>
  around.subscribed.has(name)
    ? undefined
    : decision("not_subscribed", { ops: DROP, how: "not subscribed", place: placeOfPart(decl, "subscribe") });

const overlay: Rule = ({ leaf, processor, around }) =>
  first(overlayReach(leaf), (index) => {
    const overlays = around.overlays.get(leaf.targets[index] ?? "") ?? [];
    const cell = first(overlays, ({ cells }) => cellOf(cells, processor.name));
    return cell && decision("overlay", { ...cell, how: `overlay on ${leaf.targets[index]}` });
  });

const ownOrEnclosing: Rule = ({ leaf, processor }) =>
  first(fieldReach(leaf), (index) => {
    const cell = cellOf(leaf.chain[index]?.cells ?? [], processor.name);
    if (cell === undefined) return undefined;
    if (index === leaf.chain.length - 1) return decision("field", { ...cell, how: "the field's own transform" });
    return decision("enclosing_field", { ...cell, how: `transform of ${leaf.targets[index]}` });
  });

const previousObject: Rule = ({ leaf, processor }) => {
  const index = processor.catchAll ? undefined : findPrevious(leaf);
  const place = index === undefined ? undefined : leaf.chain[index]?.place;
  return place && decision("previous_object", { ops: DROP, how: `${PREVIOUS_OBJECT} is dropped by default`, place });
};

/** Keys that nobody classified are names under an open object. */
const openObjects: Rule = ({ leaf, classification, processor: { decl, dropsOpenObjects } }) =>
  (leaf.open || (leaf.isKey && classification.kind === "OPEN_OBJECT")) && dropsOpenObjects
    ? decision("open_objects", { ops: DROP, how: "open_objects: DROP", place: placeOfPart(decl, "open_objects") })
    : undefined;

const kindDefault: Rule = ({ classification: { class: fieldClass, kind }, processor: { defaults } }) => {
  const found = defaults.get(defaultKey(fieldClass, kind));
  return found && decision("kind_default", { ...found, how: `default for ${fieldClass} ${kind}` });
};

const classDefault: Rule = ({ classification: { class: fieldClass }, processor: { defaults } }) => {
  const found = defaults.get(defaultKey(fieldClass));
  return found && decision("class_default", { ...found, how: `default for ${fieldClass}` });
};

const catchAll: Rule = ({ processor: { decl, catchAll: isCatchAll } }) =>
  isCatchAll
    ? decision("catch_all", {
        ops: [],
        how: "catch_all keeps what is not SECRET",
        place: placeOfPart(decl, "catch_all"),
      })
    : undefined;

const RULES: readonly Rule[] = [
  overlay,
  ownOrEnclosing,
  previousObject,
  openObjects,
  kindDefault,
  classDefault,
  catchAll,
];

/** Decides for a processor with an output message: each output field that takes the value has a say of its own. */
function decideOutputs(question: Question): CellDecision | undefined {
  const { leaf, processor } = question;
  const fields = processor.output?.picks.get(targetOf(leaf)) ?? [];
  const outputs: OutputDecision[] = [];
  for (const field of fields) {
    const cell = cellOf(field.cells, processor.name);
    const own = cell && decision("output_field", { ...cell, how: `transform of the output field ${field.wireName}` });
    const decided = overlay(question) ?? own ?? first(RULES, (rule) => rule(question));
    if (decided === undefined) return undefined;
    outputs.push({ field, decision: decided });
  }
  const most = mostRevealing(outputs);
  if (most !== undefined) return { ...most.decision, outputs };
  const place = placeOfPart(processor.decl, "output");
  return decision("not_in_output", { ops: DROP, how: `not in ${processor.output?.message.name}`, place });
}

function mostRevealing(outputs: readonly OutputDecision[]): OutputDecision | undefined {
  return [...outputs].sort((a, b) => strengthOf(b.decision.ops) - strengthOf(a.decision.ops))[0];
}

function cellOf(cells: readonly CellDecl[], name: string): CellDecl | undefined {
  return cells.find(({ processors }) => processors.includes(name));
}

interface Reason {
  readonly ops: readonly Op[];
  readonly how: string;
  readonly place: SourcePlace;
}

function decision(rule: OriginRule, { ops, how, place }: Reason): CellDecision {
  return { ops, rule, how, place };
}
