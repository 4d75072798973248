import { type JsonValue, writeJson } from "#json";
import type { Person, RandomLabel } from "#keys";
import { isSealed, type Plan } from "#plan";
import { SALT_BYTES, type SealPlace, seal, sealContext } from "#seal";
import type { EventForPlan } from "./event-for-plan.ts";
import { personsOf } from "./people.ts";

/** Where a sealed value stands, and the how manieth seal of that place it is: a chain may seal what it sealed. */
export interface NumberedPlace extends Omit<SealPlace, "processor"> {
  readonly number: number;
}

/** Writes a record as compact JSON; sealed, where the plan says so, for everybody whom the event names, or the tenant. */
export function writePayload(record: JsonValue, deliveryId: string, given: EventForPlan): Uint8Array | "fenced" {
  const plaintext = new TextEncoder().encode(writeJson(record));
  if (!isSealed(given.linked.plan)) return plaintext;
  return sealFor(personsOf(given.people.all), plaintext, { deliveryId, path: "", number: 0 }, given);
}

/** Seals for people, so that it takes the keys of all of them; for the tenant where there are none. */
export function sealFor(
  people: readonly Person[],
  plaintext: Uint8Array,
  { number, ...place }: NumberedPlace,
  { context, event, linked: { plan } }: EventForPlan,
): Uint8Array | "fenced" {
  const keys = context.keys.sealing(plan, event.tenant ?? "", people);
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
