import type { JsonValue } from "#json";
import { MAX_PEOPLE } from "#seal";
import { cellContext } from "./cell-context.ts";
import { type Check, type CheckedObject, checkValue, type Kept, type Standing } from "./check.ts";
import { createDropCounter } from "./drops.ts";
import type { Decision } from "./engine.ts";
import { checkEnvelope, ENVELOPE_TRAIL, valuesOf, withEnvelope } from "./envelope.ts";
import { type EnvelopeForPlan, type EventForPlan, reject, skip, tokenMaker } from "./event-for-plan.ts";
import { findDrift } from "./find-drift.ts";
import { findPeopleFor } from "./find-people-for.ts";
import { findSkip, findSkipOfPeople } from "./find-skip.ts";
import type { GenerateFrom } from "./generated.ts";
import { deliveryId } from "./identity.ts";
import { goneTest } from "./owners.ts";
import type { ParsedBody } from "./parse-body.ts";
import { writePayload } from "./payload.ts";
import { personsOf } from "./people.ts";
import { type EntityState, readState } from "./read-state.ts";
import { restructure } from "./restructure.ts";
import { createOwnership } from "./segments.ts";
import { type Treatment, treatMembers, treatRecord } from "./treat.ts";

/** Decides one event for one plan, in the order that README.md lists. The body is parsed only when it is needed. */
export function decide(known: EnvelopeForPlan, parse: () => ParsedBody): Decision {
  const reason = findSkip(known);
  return reason === undefined ? decideTaken(withPeople(known, parse), parse) : skip(reason);
}

function decideTaken(given: EventForPlan, parse: () => ParsedBody): Decision {
  if (personsOf(given.people.all).length > MAX_PEOPLE) return reject("TOO_MANY_PEOPLE");
  const reason = findSkipOfPeople(given);
  if (reason !== undefined) return skip(reason);
  const body = parse();
  if ("problem" in body) return reject(body.problem);
  const state = readState(body.value, given);
  return "kind" in state ? state : decideRecord(body.value, state, given);
}

function decideRecord(root: JsonValue, state: EntityState, given: EventForPlan): Decision {
  const from = generateFrom(state, given);
  const check = createCheck(given);
  const ownership = createOwnership(given);
  const isGone = goneTest(given);
  const checked = checkRecord(root, from, check, given);
  if (checked === undefined || check.missing !== undefined) return reject("REQUIRED_FIELD", check.missing ?? "");
  if (checked.checked === "kept" && isGone(checked)) return skip("fenced");
  const treatment: Treatment = {
    isGone,
    note: ownership.note,
    contextOf: (cell, trail) => cellContext(cell, trail, from.deliveryId, given),
    drops: check.drops,
    onDefect: given.context.onDefect,
    suppressed: false,
  };
  const record = treatRecord(checked, treatment);
  const ofItself = checkEnvelope(from, given);
  const envelope = ofItself && treatMembers(ofItself, ENVELOPE_TRAIL, treatment);
  if (treatment.failedAt !== undefined) return reject("TRANSFORM_FAILED", treatment.failedAt);
  const payload = writePayload(withEnvelope(record, envelope, from.plan), ownership, from.deliveryId, given);
  if (payload === "fenced") return skip("fenced");
  return {
    kind: "deliver",
    deliveryId: from.deliveryId,
    payload,
    ...state,
    drops: check.drops.list(),
    suppressed: treatment.suppressed,
    ...(envelope && { envelope: valuesOf(envelope) }),
    ...(check.keepsWhole && { drift: findDrift(root, given) }),
  };
}

function withPeople(known: EnvelopeForPlan, parse: () => ParsedBody): EventForPlan {
  const people = findPeopleFor(known.linked, known.route, known.event, parse);
  return { ...known, people, fenced: people.all.filter((subject) => known.context.keys.isFenced(subject)) };
}

function createCheck({ linked: { plan }, people, fenced }: EventForPlan): Check {
  return {
    keepsWhole: plan.source === "whole",
    tellsOwners: fenced.length > 0 || personsOf(people.all).length > 1,
    people,
    drops: createDropCounter(),
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
  const standing: Standing = { at: "", scope: check.people.root, isKeyed: false };
  if (place === undefined) return check.keepsWhole ? { checked: "kept", value: root, ...standing } : undefined;
  const checked = checkValue(root, place, standing, check);
  if (checked?.checked === "object") return linked.output ? restructure(checked, linked.output, from, check) : checked;
  return checked?.checked === "kept" ? checked : undefined;
}
