import type { Decision, Drop, PathShape } from "#engine";
import { decodeUtf8, joinPath, writeJson } from "#json";
import { describeField, renderDecisions } from "../matrix/decision-table.ts";
import type { Paint } from "../terminal/paint.ts";
import { printable, printableJson } from "../terminal/printable.ts";
import { renderTable } from "../terminal/table.ts";
import type { ExplainedOutcome, Explanation } from "./explain-event.ts";
import { kindsOf, type Located } from "./locate-values.ts";

/** What may be shown: values and undeclared names are data. */
export interface Disclosure {
  readonly reveal: boolean;
}

interface RenderOptions extends Disclosure {
  readonly paint: Paint;
}

/** Renders an explanation for a reader: what each processor gets, then each path and who decides it. */
export function renderExplanation(explanation: Explanation, { reveal, paint }: RenderOptions): string {
  const { event, schema, outcomes, fields } = explanation;
  const processors = takers(outcomes);
  return [
    `${paint.bold(printable(event.type))} of ${event.feed}, ${schema === undefined ? "no schema describes it" : `schema ${schema}`}\n`,
    renderTable([{ title: "processor" }, { title: "outcome" }], outcomes.map(describeOutcome(reveal))),
    ...(processors.length === 0 ? [] : fields.map((field) => renderField(field, processors, { reveal, paint }))),
    ...(reveal ? outcomes.flatMap((outcome) => renderPayload(outcome, paint)) : []),
  ].join("\n");
}

/** The same for a program. */
export function explanationData({ event, schema, outcomes, fields }: Explanation, { reveal }: Disclosure) {
  return {
    event: { feed: event.feed, type: event.type, ...(schema !== undefined && { schema }) },
    processors: Object.fromEntries(
      outcomes.map(({ processor, decision }) => [processor, decisionData(decision, reveal)]),
    ),
    fields: fields.map((field) => fieldData(field, reveal)),
  };
}

/** Processors that get the event, or would if it were not rejected. */
function takers(outcomes: readonly ExplainedOutcome[]): readonly string[] {
  return outcomes.filter(({ decision }) => decision.kind !== "skip").map(({ processor }) => processor);
}

function describeOutcome(reveal: boolean) {
  return ({ processor, decision }: ExplainedOutcome): readonly [string, string] => [
    processor,
    describeDecision(decision, reveal),
  ];
}

function describeDecision(decision: Decision, reveal: boolean): string {
  switch (decision.kind) {
    case "skip":
      return `skipped: ${decision.reason}`;
    case "reject":
      return `rejected: ${decision.code}${decision.path === undefined ? "" : ` at ${nameOf(decision.path, reveal)}`}`;
    case "deliver": {
      const drops = decision.drops.map((drop) => describeDrop(drop, reveal));
      return drops.length === 0 ? "delivered" : `delivered without ${drops.join(", ")}`;
    }
  }
}

function describeDrop({ path, type, reason, count }: Drop, reveal: boolean): string {
  return `${nameOf(path, reveal)} (${type}, ${reason}${count > 1 ? `, ${count} times` : ""})`;
}

function nameOf({ at, undeclared }: PathShape, reveal: boolean): string {
  if (undeclared === undefined) return at;
  return joinPath(at, reveal ? printable(undeclared) : "(undeclared)");
}

function renderField(field: Located, processors: readonly string[], { reveal, paint }: RenderOptions): string {
  const { path, row, values } = field;
  const count = values.length > 1 ? `${values.length} values, ` : "";
  const what = row === undefined ? "undeclared" : describeField(row);
  const heading = `${paint.bold(path)}  ${what}  ${paint.dim(`(${count}${kindsOf(values).join(" or ")})`)}\n`;
  return [
    heading,
    reveal
      ? values
          .map((value, index) => `  ${paint.dim("=")} ${nameIn(field, index)}${printable(writeJson(value))}\n`)
          .join("")
      : "",
    row === undefined ? "  kept only by processors that take events whole\n" : renderDecisions(row, processors),
  ].join("");
}

function nameIn({ names }: Located, index: number): string {
  const name = names[index];
  return name === undefined ? "" : `${printableJson(name)}: `;
}

function renderPayload({ processor, decision }: ExplainedOutcome, paint: Paint): readonly string[] {
  if (decision.kind !== "deliver") return [];
  const text = decodeUtf8(decision.payload);
  return [
    `${paint.bold(`${processor} gets`)}\n  ${text === undefined ? `${decision.payload.length} sealed bytes` : printable(text)}\n`,
  ];
}

function decisionData(decision: Decision, reveal: boolean) {
  switch (decision.kind) {
    case "skip":
      return { outcome: "skipped", reason: decision.reason };
    case "reject":
      return {
        outcome: "rejected",
        code: decision.code,
        ...(decision.path && { path: nameOf(decision.path, reveal) }),
      };
    case "deliver": {
      const dropped = decision.drops.map(({ path, ...drop }) => ({ ...drop, path: nameOf(path, reveal) }));
      const payload = reveal ? decodeUtf8(decision.payload) : undefined;
      return { outcome: "delivered", dropped, ...(payload !== undefined && { payload }) };
    }
  }
}

function fieldData({ path, row, values, names }: Located, reveal: boolean) {
  return {
    path,
    count: values.length,
    types: kindsOf(values),
    ...(row && { classification: row.classification, kind: row.kind, cells: row.cells }),
    ...(row?.about && { about: row.about }),
    ...(reveal && { values: values.map(writeJson), ...(names.length > 0 && { names }) }),
  };
}
