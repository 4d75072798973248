import { getMember, type JsonObject, type JsonValue, joinPath, parseJson, writeJson } from "#json";
import { ENVELOPE_NAME, type OutputField, type Plan, type ShapeNode } from "#plan";
import type { Canary } from "../canaries/canary.ts";
import type { PlantedEvent } from "../events/plant-event.ts";
import type { PlacedValue } from "../events/plot.ts";

import { isSeen, permits } from "./judge-value.ts";
import { isReadByAll } from "./kind-rules.ts";
import type { Sample } from "./op-oracle.ts";
import type { Rules } from "./rules.ts";

/** A payload and what it was made of. */
export interface PayloadCase {
  readonly plan: Plan;
  readonly event: PlantedEvent;
  /** As JSON; opened, where it was sealed. */
  readonly payload: string;
}

/** A value that should not be where it is, or not as it is. */
export interface PayloadFault {
  /** As rows of the matrix are written. */
  readonly path: string;
  readonly how:
    | "nobody declares it"
    | "the policy drops it"
    | "its person is erased"
    | "it is no form that the cell allows"
    | "it is not JSON"
    | "some reader cannot read it";
}

export interface PayloadVerdict {
  readonly faults: readonly PayloadFault[];
  /** Canaries of the values that left in a form that their cell allows. */
  readonly seen: ReadonlySet<Canary>;
}

/** How deep a payload may be: what engines let through, and one for the envelope. */
const MAX_DEPTH = 65;

/**
 * Compares each value of a payload with those that stood at its path in the input: it is one of them, in a form that its
 * cell allows, or a fault.
 */
export function judgePayload(payloadCase: PayloadCase, rules: Rules): PayloadVerdict {
  const { plan, event, payload } = payloadCase;
  const parsed = parseJson(payload, { maxDepth: MAX_DEPTH });
  const judgement: Judgement = { ...payloadCase, rules, faults: [], seen: new Set(), matched: new Set() };
  if ("problem" in parsed) return { faults: [{ path: "", how: "it is not JSON" }], seen: judgement.seen };
  if (plan.source === "fields" && !isReadByAll({ kind: "object", text: payload }))
    judgement.faults.push({ path: "", how: "some reader cannot read it" });
  if (plan.output === undefined) judge(parsed.value, event.blueprint.root, "", judgement);
  else judgeDocument(parsed.value, plan.output.fields, judgement);
  return judgement;
}

interface Judgement extends PayloadCase {
  readonly rules: Rules;
  readonly faults: PayloadFault[];
  readonly seen: Set<Canary>;
  /** Values of the input that an output was found for. */
  readonly matched: Set<PlacedValue>;
}

function judge(value: JsonValue, node: ShapeNode, path: string, judgement: Judgement): void {
  const { shapes } = judgement.event.blueprint;
  if (node.node === "leaf" || node.node === "open") judgeCell(value, { path }, judgement);
  else if (node.node === "message" && value.kind === "object") {
    const fields = new Map(shapes[node.shape]?.fields.map(({ name, node: inner }) => [name, inner]));
    judgeMembers(value, fields, path, judgement);
  } else if (node.node === "map" && value.kind === "object") {
    for (const { name, value: inner } of value.members) {
      judgeCell({ kind: "string", text: name }, { path: `${path}{key}` }, judgement);
      judge(inner, node.value, `${path}{}`, judgement);
    }
  } else if (node.node === "list" && value.kind === "array") {
    for (const item of value.items) judge(item, node.item, `${path}[]`, judgement);
  } else judgeStranger(path, judgement);
}

function judgeMembers(
  { members }: JsonObject,
  fields: ReadonlyMap<string, ShapeNode>,
  path: string,
  judgement: Judgement,
): void {
  for (const { name, value } of members) {
    const field = fields.get(name);
    if (field !== undefined) judge(value, field, joinPath(path, name), judgement);
    else if (path !== "" || !isEnvelope(name, value, judgement)) judgeStranger(path, judgement);
  }
}

/** A document of an output message: each field holds the value of its source, or one that delivery made. */
function judgeDocument(document: JsonValue, fields: readonly OutputField[], judgement: Judgement): void {
  if (document.kind !== "object") {
    judgeStranger("", judgement);
    return;
  }
  for (const { name, value } of document.members) {
    const field = fields.find((each) => each.name === name);
    if (field?.source !== undefined) judgeField(value, { path: field.source.join("."), field: name }, judgement);
    else if (field?.enrich === undefined && !isEnvelope(name, value, judgement)) judgeStranger("", judgement);
  }
}

interface Decided {
  readonly path: string;
  /** The output field, where the path is the source of several. */
  readonly field?: string;
}

function judgeField(value: JsonValue, { path, field = "" }: Decided, judgement: Judgement): void {
  if (value.kind === "array") for (const item of value.items) judgeField(item, { path: `${path}[]`, field }, judgement);
  else judgeCell(value, { path, field }, judgement);
}

function judgeCell(
  value: JsonValue,
  { path, field }: Decided,
  { plan, event, rules, faults, seen, matched }: Judgement,
): void {
  const decided = rules.decide(plan.processor, event, path, field);
  if (decided === undefined || !isSeen(decided)) {
    faults.push({ path, how: decided === undefined ? "nobody declares it" : "the policy drops it" });
  } else if (rules.isGone(plan.processor, { ...event, path })) {
    faults.push({ path, how: "its person is erased" });
  } else {
    const keepsAll = plan.source === "whole" && decided.ops.length === 0 && event.erased.length === 0;
    const originals = (event.values.get(path) ?? []).filter(({ fits }) => fits || keepsAll);
    const sample = sampleOf(value);
    const fitting = originals.filter(
      (each) => permits(decided, each, sample) || permits(decided, { ...each, kind: each.readAs ?? each.kind }, sample),
    );
    const original = fitting.find((each) => !matched.has(each)) ?? fitting[0];
    if (original === undefined) faults.push({ path, how: "it is no form that the cell allows" });
    else matched.add(original);
    for (const canary of original?.canaries ?? []) seen.add(canary);
  }
}

/** Something that is not declared where it stands: whole events keep it. */
function judgeStranger(path: string, { plan, event, faults }: Judgement): void {
  if (plan.source !== "whole" || event.erased.length > 0) faults.push({ path, how: "nobody declares it" });
}

/** The member in which the envelope travels: its version and the parts that the plan names, and no others. */
function isEnvelope(name: string, value: JsonValue, { plan }: Judgement): boolean {
  const { envelope } = plan.delivery;
  if (name !== ENVELOPE_NAME || envelope.length === 0 || value.kind !== "object") return false;
  const names = ["v", ...envelope.map((part) => part.name)];
  return value.members.every(
    (member) => names.includes(member.name) && getMember(value, member.name)?.kind !== "object",
  );
}

function sampleOf(value: JsonValue): Sample {
  return { kind: value.kind, text: value.kind === "string" ? value.text : writeJson(value) };
}
