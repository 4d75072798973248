import type { Op, OpValue } from "#plan";
import { type Example, type Parameter, TRANSFORMS, type Transform } from "#transforms";
import { code, document, table } from "./markdown.ts";

/** Renders what each transform does, takes, leaves and reveals, with its parameters and examples. */
export function renderTransforms(): string {
  const transforms = [...TRANSFORMS.values()];
  return document([
    "# Transforms",
    "What a policy can do to a value. A list of transforms is applied in order; an empty list keeps the value.",
    table(["transform", "what it does", "takes", "reveals"], transforms.map(overviewRow)),
    ...transforms.flatMap(describeTransform),
  ]);
}

function overviewRow(transform: Transform): readonly string[] {
  const { name, summary, examples } = transform;
  const reveals = new Set(examples.map(({ op }) => revealWords(transform, op)));
  return [`[${code(name)}](#${name})`, summary, takeWords(transform), [...reveals].join(", or ")];
}

function describeTransform(transform: Transform): readonly string[] {
  const { name, summary, parameters, failures, examples } = transform;
  return [
    `## ${name}`,
    `${summary} ${fitWords(transform)}`,
    ...(parameters.length === 0
      ? []
      : [table(["parameter", "type", "meaning", "unset"], parameters.map(parameterRow))]),
    ...(failures.length === 0 ? [] : [failures.map((failure) => `- ${failure}`).join("\n")]),
    table(
      ["example", "in a policy", "before", "after", "reveals"],
      examples.map((example) => exampleRow(transform, example)),
    ),
  ];
}

function takeWords({ accepts }: Transform): string {
  return accepts.includes("object") ? "any value" : accepts.join(", ");
}

function fitWords(transform: Transform): string {
  const { forKinds, resultLength } = transform;
  const kinds = forKinds === undefined ? "" : ` of kind ${forKinds.map(code).join(", ")}`;
  const order = resultLength === "tells" ? " No transform that reveals a length may follow." : "";
  return `Takes: ${takeWords(transform)}${kinds}.${order}`;
}

function parameterRow(parameter: Parameter): readonly string[] {
  return [code(parameter.name), typeWords(parameter), parameter.summary, parameter.default];
}

function typeWords({ type, values, min, max }: Parameter): string {
  if (values !== undefined) return values.map(code).join(", ");
  if (min === undefined) return type;
  const range = max === undefined ? `from ${min}` : `${min} to ${max}`;
  if (type !== "string") return `${type}, ${range}`;
  return `${type}, ${min === max ? `${min} code point` : `${range} code points`}`;
}

function exampleRow(transform: Transform, { title, op, input, output }: Example): readonly string[] {
  return [title, code(policyText(transform, op)), code(input), outputWords(output), revealWords(transform, op)];
}

/** An op as a policy file writes it. */
function policyText({ name, parameters }: Transform, op: Op): string {
  const given = parameters.flatMap(({ name: parameter, type }) => {
    const value = op[parameter];
    if (value === undefined) return [];
    return [`${parameter}: ${type === "enum" ? value : textFormat(value)}`];
  });
  return given.length === 0 ? `${name}: {}` : `${name}: { ${given.join(", ")} }`;
}

/** A value in protobuf's text format: names of fields are bare there. */
function textFormat(value: OpValue): string {
  if (Array.isArray(value)) return `[${value.map(textFormat).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, inner]) => `${name}: ${textFormat(inner)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function outputWords(output: string | undefined): string {
  if (output === undefined) return "left out";
  return output === `"<keyed>"` ? "depends on the key" : code(output);
}

function revealWords(transform: Transform, op: Op): string {
  return transform.reveals(op).map(code).join(" ") || "nothing";
}
