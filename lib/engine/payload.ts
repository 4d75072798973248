import { type JsonValue, writeJson } from "#json";
import type { RandomLabel } from "#keys";
import { isSealed, type Plan, type Role } from "#plan";
import { SALT_BYTES, type SealPlace, seal, sealContext } from "#seal";
import type { EventForPlan } from "./event-for-plan.ts";

/** Where a sealed value stands, and the how manieth seal of that place it is: a chain may seal what it sealed. */
export interface NumberedPlace extends Omit<SealPlace, "processor"> {
  readonly number: number;
}

/** Writes a record as compact JSON; sealed, where the plan says so, for the first TARGET subject or the tenant. */
export function writePayload(record: JsonValue, deliveryId: string, given: EventForPlan): Uint8Array | "fenced" {
  const plaintext = new TextEncoder().encode(writeJson(record));
  if (!isSealed(given.linked.plan)) return plaintext;
  return sealFor("TARGET", plaintext, { deliveryId, path: "", number: 0 }, given);
}

/** Seals for the first subject in a role; for the tenant where there is none, or no role is given. */
export function sealFor(
  role: Role | undefined,
  plaintext: Uint8Array,
  { number, ...place }: NumberedPlace,
  { subjects, context, event, linked: { plan } }: EventForPlan,
): Uint8Array | "fenced" {
  const owner = subjects.find((subject) => subject.role === role);
  const keys = context.keys.sealing(plan, event.tenant ?? "", owner ? [owner] : []);
  if (keys === "fenced") return keys;
  return seal({
    keys,
    salt: context.random(SALT_BYTES, labelOf(plan, place, number)),
    aad: sealContext({ ...place, processor: plan.processor }),
    segments: [{ owners: keys.people, plaintext }],
  });
}

function labelOf({ processor, generation }: Plan, place: Omit<SealPlace, "processor">, number: number): RandomLabel {
  return {
    plan: `${processor}@${generation}`,
    delivery: place.deliveryId,
    path: place.path,
    purpose: number === 0 ? "salt" : `salt ${number + 1}`,
  };
}
