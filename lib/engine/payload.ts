import { type JsonValue, writeJson } from "#json";
import { isSealed, type Plan } from "#plan";
import { encodeContext, NONCE_BYTES, seal } from "#seal";
import type { Occasion } from "./occasion.ts";

/**
 * What a seal is bound to: the delivery, the place in the record and the processor, so that it opens nowhere else.
 *
 * The place of a whole record is "".
 */
export function sealedTo({ processor }: Plan, deliveryId: string, at: string): Uint8Array {
  return encodeContext([deliveryId, at, processor]);
}

/** Writes a record as compact JSON; sealed, where the plan says so, for the first TARGET subject or the processor. */
export function writePayload(record: JsonValue, deliveryId: string, occasion: Occasion): Uint8Array | "fenced" {
  const { subjects, context, linked } = occasion;
  const plaintext = new TextEncoder().encode(writeJson(record));
  if (!isSealed(linked.plan)) return plaintext;
  const subject = subjects.find(({ role }) => role === "TARGET");
  const key = context.keys.seal(linked.plan.processor, subject);
  if (key === "fenced") return key;
  return seal({ ...key, nonce: context.random(NONCE_BYTES), aad: sealedTo(linked.plan, deliveryId, ""), plaintext });
}
