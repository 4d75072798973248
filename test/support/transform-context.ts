import { createHash } from "node:crypto";
import { encodeContext } from "#seal";
import type { TransformContext } from "#transforms";

/** Keys and random bytes that differ by seed and are the same for the same one. */
export interface ContextOptions {
  readonly seed?: string;
  readonly epoch?: number;
}

/** Makes a context whose keys and random bytes depend on the seed alone. */
export function createTransformContext({ seed = "", epoch = 1 }: ContextOptions = {}): TransformContext {
  let drawn = 0;
  return {
    path: "data.object.field",
    kind: "OTHER",
    nowMs: Date.UTC(2026, 7, 20),
    random: (length) => bytesOf(`${seed} random ${drawn++}`).subarray(0, length),
    pseudonymKey: () => ({ epoch, key: bytesOf(`${seed} pseudonym`) }),
    sealKey: (scope) => ({ keyId: `test/${scope}`, key: bytesOf(`${seed} ${scope}`), aad: SEALED_TO }),
  };
}

/** What the context's seals are bound to. */
export const SEALED_TO: Uint8Array = encodeContext(["delivery-1", "data.object.field", "TEST"]);

function bytesOf(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
