import { createHash } from "node:crypto";
import { type Context, type EnrichFacts, joinSegments } from "#engine";
import { writeJson } from "#json";
import type { KeyedStream, KeyRing, Person } from "#keys";
import { open, openOne, sealContext } from "#seal";
import { EVENT_TIME } from "#support/events";
import { createLocalKeys } from "#vault";

/** A key that is the same in every run. */
export function testKey(name: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(name).digest());
}

const KEYS = createLocalKeys({ secret: testKey("secret") });

/** A ring of test keys, and none to seal for people whose id is fenced. */
export function testKeys({ fenced = [] }: { readonly fenced?: readonly string[] } = {}): KeyRing {
  const ring = KEYS.ring();
  const isFenced = ({ id }: Person) => fenced.includes(id);
  return {
    ...ring,
    isFenced,
    sealing: (stream, tenant, people) => (people.some(isFenced) ? "fenced" : ring.sealing(stream, tenant, people)),
  };
}

/** What a processor's seal holds, as text, or why it does not open. */
export function openedBy(plan: KeyedStream, envelope: Uint8Array, deliveryId: string, path = ""): string {
  const aad = sealContext({ deliveryId, path, processor: plan.processor });
  const opened = openOne({ envelope, aad, keys: KEYS.opening(plan) });
  return opened.ok ? Buffer.from(opened.plaintext).toString() : opened.failure;
}

/** What opens of a sealed record once the keys of these people are gone, as text; undefined = nothing of it. */
export function recordIn(
  plan: KeyedStream,
  envelope: Uint8Array,
  deliveryId: string,
  erased: readonly string[] = [],
): string | undefined {
  const record = joinSegments(segmentsIn(plan, envelope, deliveryId, erased));
  return record && writeJson(record);
}

/** The plaintexts of a sealed record's segments; undefined = one that does not open. */
export function segmentsIn(
  plan: KeyedStream,
  envelope: Uint8Array,
  deliveryId: string,
  erased: readonly string[] = [],
): readonly (Uint8Array | undefined)[] {
  const keys = KEYS.opening(plan);
  const gone = KEYS.ring().sealing(
    plan,
    "acme",
    erased.map((id) => ({ tenant: "acme", id })),
  );
  const locators = gone === "fenced" ? [] : gone.people.map(({ locator }) => locator);
  const personKey: typeof keys.personKey = (tenant, locator) =>
    locators.includes(locator) ? undefined : keys.personKey(tenant, locator);
  const aad = sealContext({ deliveryId, path: "", processor: plan.processor });
  const opened = open({ envelope, aad, keys: { ...keys, personKey } });
  if (!opened.ok) throw new Error(`expected an envelope that opens, got ${opened.failure}`);
  return opened.segments.map((segment) => (segment.ok ? segment.plaintext : undefined));
}

/** Random bytes that are the same in every run for the same label. */
export function testRandom(): Context["random"] {
  return (length, { plan, delivery, path, purpose }) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, number) =>
      testKey(JSON.stringify([plan, delivery, path, purpose, number])),
    );
    return Uint8Array.from(Buffer.concat(blocks).subarray(0, length));
  };
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
  const sealing = () => {
    throw new Error("expected a key, got none");
  };
  return { ...context, keys: { ...context.keys, sealing } };
}
