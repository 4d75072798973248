import { createHash } from "node:crypto";
import { type OpenedOne, openOne, seal, sealContext } from "#seal";
import type { SealScope, TransformContext } from "#transforms";
import { createLocalKeys } from "#vault";

/** Keys and salts that differ by seed and are the same for the same one. */
export interface ContextOptions {
  readonly seed?: string;
  readonly epoch?: number;
}

/** Makes a context whose keys and salts depend on the seed alone. Each seal has a salt of its own. */
export function createTransformContext(options: ContextOptions = {}): TransformContext {
  return contextAt("", options);
}

function contextAt(pointer: string, options: ContextOptions): TransformContext {
  const { seed = "", epoch = 1 } = options;
  let sealed = 0;
  return {
    path: "data.object.field",
    kind: "OTHER",
    nowMs: Date.UTC(2026, 7, 20),
    pseudonymKey: () => ({ epoch, key: bytesOf(`${seed} pseudonym`) }),
    seal(plaintext, scope) {
      const keys = keysOf(seed).ring().sealing(STREAM, "acme", peopleOf(scope));
      if (keys === "fenced") throw new Error("expected keys, got a fence");
      const salt = bytesOf(`${seed} salt ${pointer} ${sealed++}`);
      return seal({ keys, salt, aad: sealedTo(pointer), segments: [{ owners: keys.people, plaintext }] });
    },
    inside: (step) => contextAt(`${pointer}/${step}`, options),
  };
}

/** Opens what a context without a seed sealed. `forget` = as if the person were erased. */
export function openSealed(envelope: Uint8Array, { pointer = "", forget = false } = {}): OpenedOne {
  const keys = keysOf("").opening(STREAM);
  const opening = forget ? { ...keys, personKey: () => undefined } : keys;
  return openOne({ envelope, aad: sealedTo(pointer), keys: opening });
}

const STREAM = { processor: "TEST", generation: "g1" };

function keysOf(seed: string) {
  return createLocalKeys({ secret: bytesOf(`${seed} secret`) });
}

function peopleOf(scope: SealScope) {
  return scope === "SUBJECT" ? [{ tenant: "acme", id: "ann" }] : [];
}

function sealedTo(pointer: string): Uint8Array {
  return sealContext({ deliveryId: "delivery-1", path: `/data/object/field${pointer}`, processor: STREAM.processor });
}

function bytesOf(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
