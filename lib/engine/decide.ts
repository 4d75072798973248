import type { JsonValue } from "#json";
import { cellContext } from "./cell-context.ts";
import { type Check, type CheckedObject, checkValue, type Kept } from "./check.ts";
import { createDropCounter } from "./drops.ts";
import type { Decision } from "./engine.ts";
import { type EventForPlan, reject, skip, tokenMaker } from "./event-for-plan.ts";
import { findDrift } from "./find-drift.ts";
import { findSkip } from "./find-skip.ts";
import { type GenerateFrom, generateMetadata, withMetadata } from "./generated.ts";
import { deliveryId } from "./identity.ts";
import type { ParsedBody } from "./parse-body.ts";
import { writePayload } from "./payload.ts";
import { type EntityState, readState } from "./read-state.ts";
import { restructure } from "./restructure.ts";
import { type Treatment, treatRecord } from "./treat.ts";

/** Decides one event for one plan, in the order that README.md lists. The body is parsed only when it is needed. */
export function decide(given: EventForPlan, parse: () => ParsedBody): Decision {
  const reason = findSkip(given);
  if (reason !== undefined) return skip(reason);
  const body = parse();
  if ("problem" in body) return reject(body.problem);
  const state = readState(body.value, given);
  return "kind" in state ? state : decideRecord(body.value, state, given);
}

function decideRecord(root: JsonValue, state: EntityState, given: EventForPlan): Decision {
  const from = generateFrom(state, given);
  const check: Check = { keepsWhole: given.linked.plan.source === "whole", drops: createDropCounter() };
  const checked = checkRecord(root, from, check, given);
  if (checked === undefined || check.missing !== undefined) return reject("REQUIRED_FIELD", check.missing ?? "");
  const treatment: Treatment = {
    fencedRoles: new Set(given.fenced.map(({ role }) => role)),
    contextOf: (cell, trail) => cellContext(cell, trail, from.deliveryId, given),
    onDefect: given.context.onDefect,
    suppressed: false,
  };
  const record = treatRecord(checked, treatment);
  if (treatment.failedAt !== undefined) return reject("TRANSFORM_FAILED", treatment.failedAt);
  const metadata = generateMetadata(from);
  const payload = writePayload(withMetadata(record, from), from.deliveryId, given);
  if (payload === "fenced") return skip("fenced");
  return {
    kind: "deliver",
    deliveryId: from.deliveryId,
    payload,
    ...state,
    drops: check.drops.list(),
    suppressed: treatment.suppressed,
    ...(metadata && { metadata }),
    ...(check.keepsWhole && { drift: findDrift(root, given) }),
  };
}

function generateFrom({ entityKey }: EntityState, given: EventForPlan): GenerateFrom {
  const { linked, event, context } = given;
  return {
    plan: linked.plan,
    nowMs: context.nowMs,
    facts: context.facts,
    deliveryId: deliveryId(event, tokenMaker(given)),
    entityKey,
  };
}

/** Undefined when the root is not the object that the schema says it is. */
function checkRecord(
  root: JsonValue,
  from: GenerateFrom,
  check: Check,
  { route, linked }: EventForPlan,
): CheckedObject | Kept | undefined {
  const place = route && linked.roots.get(route);
  if (place === undefined) return check.keepsWhole ? { checked: "kept", value: root } : undefined;
  const checked = checkValue(root, place, "", check);
  if (checked?.checked === "object") return linked.output ? restructure(checked, linked.output, from, check) : checked;
  return checked?.checked === "kept" ? checked : undefined;
}
