import type { JsonMember, JsonObject, JsonValue, Trail } from "#json";
import { ENVELOPE_NAME, ENVELOPE_VERSION, type EnvelopeField, type EnvelopePart, hasColumns } from "#plan";
import { type Checked, type CheckedMember, type CheckedObject, checkCell } from "./check.ts";
import { createDropCounter } from "./drops.ts";
import type { EnvelopeValues } from "./engine.ts";
import type { EventForPlan } from "./event-for-plan.ts";
import { type GenerateFrom, generate } from "./generated.ts";

/** Where the envelope stands in what leaves. */
export const ENVELOPE_TRAIL: Trail = { above: undefined, step: ENVELOPE_NAME };

const VERSION: CheckedMember = {
  name: "v",
  value: { checked: "kept", value: { kind: "number", text: String(ENVELOPE_VERSION) } },
};

/** What an event says of itself, as text. */
const SAYS: Readonly<Record<EnvelopeField, (given: EventForPlan) => string | undefined>> = {
  type: ({ event }) => event.type,
  schema: ({ route }) => route?.schema,
  time: ({ event }) => timeOf(event),
  source: ({ event }) => event.source,
};

/** Collects what travels with a record, each part with the cell that decides about it; undefined where the plan has none. */
export function checkEnvelope(from: GenerateFrom, given: EventForPlan): CheckedObject | undefined {
  const { envelope } = from.plan.delivery;
  if (envelope.length === 0) return undefined;
  const members = envelope.flatMap((part): readonly CheckedMember[] => {
    const value = checkPart(part, from, given);
    return value === undefined ? [] : [{ name: part.name, value }];
  });
  return { checked: "object", members: [VERSION, ...members], leavesNothing: false };
}

function checkPart({ name, of }: EnvelopePart, from: GenerateFrom, given: EventForPlan): Checked | undefined {
  if ("enrich" in of) {
    const value = generate(of.enrich, from);
    return value && { checked: "kept", value };
  }
  const { route, linked } = given;
  const place = route && linked.envelopes.get(route)?.[of.event];
  const text = place && SAYS[of.event](given);
  if (place === undefined || text === undefined) return undefined;
  // What is not sent here is no drop: where the field stands in the event, it is counted.
  const check = { drops: createDropCounter() };
  const where = { at: `${ENVELOPE_NAME}.${name}`, scope: given.people.root, isKeyed: false };
  return checkCell({ kind: "string", text }, place, where, check);
}

function timeOf({ timeMs, timeUs = 0 }: EventForPlan["event"]): string {
  const text = new Date(timeMs).toISOString();
  return timeUs === 0 ? text : `${text.slice(0, -1)}${String(timeUs).padStart(3, "0")}Z`;
}

/**
 * Appends the envelope to a record.
 *
 * A whole record stays as it was received, so that it can be replayed; in files with columns the envelope has its own.
 */
export function withEnvelope(
  record: JsonValue,
  envelope: JsonObject | undefined,
  { source, delivery }: GenerateFrom["plan"],
): JsonValue {
  const stands = envelope !== undefined && source === "fields" && !hasColumns(delivery);
  if (!stands || record.kind !== "object") return record;
  return { kind: "object", members: [...record.members, { name: ENVELOPE_NAME, value: envelope }] };
}

/** The parts of an envelope as text, for whoever carries them beside the payload. */
export function valuesOf({ members }: JsonObject): EnvelopeValues {
  const parts = members.filter(({ name }) => name !== VERSION.name);
  return Object.fromEntries(
    parts.flatMap(({ name, value }: JsonMember) => ("text" in value ? [[name, value.text]] : [])),
  );
}
