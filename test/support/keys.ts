import { createHash } from "node:crypto";
import type { Context, EnrichFacts, KeyRing } from "#engine";
import type { Subject } from "#feeds";
import { EVENT_TIME } from "#support/events";

/** A key that is the same in every run. */
export function testKey(name: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(name).digest());
}

/** A ring of test keys: one for each name, and none for subjects whose id is fenced. */
export function testKeys({ fenced = [] }: { readonly fenced?: readonly string[] } = {}): KeyRing {
  const made = new Map<string, Uint8Array>();
  const keyOf = (...names: readonly string[]) => {
    const name = names.join(" ");
    const key = made.get(name) ?? testKey(name);
    made.set(name, key);
    return key;
  };
  const isFenced = (subject: Subject) => fenced.includes(subject.id);
  return {
    transport: (processor, generation) => keyOf("transport", processor, generation),
    pseudonym: ({ scope, kind, tenant }) => ({ epoch: 1, key: keyOf("pseudonym", scope, kind, tenant) }),
    seal(processor, subject) {
      if (subject !== undefined && isFenced(subject)) return "fenced";
      const keyId = `${processor}/${subject?.id ?? ""}`;
      return { keyId, key: keyOf("seal", keyId) };
    },
    isFenced,
  };
}

/** Random bytes that are the same in every run: 1, 2, 3, … */
export function testRandom(): Context["random"] {
  let drawn = 0;
  return (length) => Uint8Array.from({ length }, () => ++drawn % 256);
}

export interface ContextInput {
  readonly nowMs?: number;
  readonly fenced?: readonly string[];
  readonly facts?: EnrichFacts;
}

/** A context an hour after the events of tests. */
export function contextFor({ nowMs, fenced = [], facts = {} }: ContextInput = {}): Context {
  return {
    nowMs: nowMs ?? Date.parse(EVENT_TIME) + 3_600_000,
    keys: testKeys({ fenced }),
    random: testRandom(),
    facts,
  };
}

/** A context whose keys for sealing cannot be had. */
export function withoutSealKeys(): Context {
  const context = contextFor();
  const seal = () => {
    throw new Error("expected a key, got none");
  };
  return { ...context, keys: { ...context.keys, seal } };
}
