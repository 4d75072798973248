import type { Subject } from "#feeds";
import { type JsonValue, writeJson } from "#json";
import type { RandomLabel } from "#keys";
import { isSealed, type Plan } from "#plan";
import { SALT_BYTES, type SealPlace, seal, sealContext } from "#seal";
import type { EventForPlan } from "./event-for-plan.ts";
import { personsOf } from "./people.ts";
import type { Ownership, RecordSegment } from "./segments.ts";

/** Where a sealed value stands, and the how manieth seal of that place it is: a chain may seal what it sealed. */
export interface NumberedPlace extends Omit<SealPlace, "processor"> {
  readonly number: number;
}

/** Writes a record as compact JSON; sealed in segments, where the plan says so, each for those whom it is about. */
export function writePayload(
  record: JsonValue,
  ownership: Ownership,
  deliveryId: string,
  given: EventForPlan,
): Uint8Array | "fenced" {
  if (!isSealed(given.linked.plan)) return new TextEncoder().encode(writeJson(record));
  return sealSegments(ownership.divide(record), { deliveryId, path: "", number: 0 }, given);
}

/** Seals for people, so that it takes the keys of all of them; for the tenant where there are none. */
export function sealFor(
  people: readonly Subject[],
  plaintext: Uint8Array,
  place: NumberedPlace,
  given: EventForPlan,
): Uint8Array | "fenced" {
  return sealSegments([{ people, plaintext }], place, given);
}

function sealSegments(
  segments: readonly RecordSegment[],
  { number, ...place }: NumberedPlace,
  { context, event, linked: { plan } }: EventForPlan,
): Uint8Array | "fenced" {
  const people = personsOf(segments.flatMap((segment) => segment.people));
  const keys = context.keys.sealing(plan, event.tenant ?? "", people);
  if (keys === "fenced") return keys;
  const keyById = new Map(people.map(({ id }, at) => [id, keys.people[at]]));
  return seal({
    keys,
    salt: context.random(SALT_BYTES, labelOf(plan, place, number)),
    aad: sealContext({ ...place, processor: plan.processor }),
    segments: segments.map(({ people: own, plaintext }) => ({
      owners: own.map(({ id }) => keyById.get(id) ?? missingKey()),
      plaintext,
    })),
  });
}

function missingKey(): never {
  throw new RangeError("expected a key for each person, got fewer");
}

function labelOf({ processor, generation }: Plan, place: Omit<SealPlace, "processor">, number: number): RandomLabel {
  return {
    plan: `${processor}@${generation}`,
    delivery: place.deliveryId,
    path: place.path,
    purpose: number === 0 ? "salt" : `salt ${number + 1}`,
  };
}
