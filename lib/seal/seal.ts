import { KEY_BYTES, NAME_BYTES, type OwnerKey, type SealingKeys } from "#keys";
import { encryptPart } from "./cipher.ts";
import { derivePartKeys, LOCATOR_PART, segmentPart } from "./derive-keys.ts";
import { MAX_PEOPLE, MAX_SEGMENTS, SALT_BYTES, TAG_BYTES } from "./format.ts";
import { writeHeader, writeSegmentHead } from "./header.ts";
import { writeLocator } from "./locator.ts";

export interface SealInput {
  readonly keys: Omit<SealingKeys, "people">;
  /** 32 random bytes, never used twice. */
  readonly salt: Uint8Array;
  /** What the envelope is bound to: whoever opens it has to know the same bytes ({@link sealContext}). */
  readonly aad: Uint8Array;
  readonly segments: readonly Segment[];
}

/** A part of the plaintext. It opens with the keys of all its owners together, or the tenant's where there are none. */
export interface Segment {
  readonly owners: readonly OwnerKey[];
  readonly plaintext: Uint8Array;
}

/**
 * Seals segments into an envelope of format v1.
 *
 * @throws {RangeError} when a key or the salt has another length, or there are too many people or segments, or none
 */
export function seal({ keys, salt, aad, segments }: SealInput): Uint8Array {
  const owners = new Map(segments.flatMap((each) => each.owners.map((owner) => [owner.locator, owner] as const)));
  check(keys, salt, [...owners.values()]);
  checkCount("segments", segments.length, 1, MAX_SEGMENTS);
  checkCount("people", owners.size, 0, MAX_PEOPLE);
  const people = [...owners.keys()];
  const head = sealHead(people, { keys, salt, aad, segments });
  return Buffer.concat([
    head,
    ...segments.flatMap((_, index) => sealSegment(index, head, { keys, salt, aad, segments })),
  ]);
}

/** Everything before the segments: header, locator and how many segments follow. */
function sealHead(people: readonly string[], { keys, salt, aad, segments }: SealInput): Uint8Array {
  const part = derivePartKeys([keys.key], salt, LOCATOR_PART);
  const locator = writeLocator({
    tenant: keys.tenant,
    people,
    segments: segments.map(({ owners }) => owners.map((owner) => people.indexOf(owner.locator))),
  });
  const { commitment } = part;
  const header = writeHeader({ keyId: keys.keyId, salt, commitment }, locator.length + TAG_BYTES);
  const sealed = encryptPart(part, locator, Buffer.concat([header, aad]));
  return Buffer.concat([header, sealed, Uint8Array.of(segments.length)]);
}

function sealSegment(index: number, head: Uint8Array, { keys, salt, aad, segments }: SealInput): readonly Uint8Array[] {
  const { owners = [], plaintext = new Uint8Array() } = segments[index] ?? {};
  const ownerKeys = owners.length === 0 ? [keys.tenantKey] : owners.map(({ key }) => key);
  const part = derivePartKeys(ownerKeys, salt, segmentPart(index));
  const segmentHead = writeSegmentHead(part.commitment, plaintext.length + TAG_BYTES);
  return [segmentHead, encryptPart(part, plaintext, Buffer.concat([head, segmentHead, aad]))];
}

function check({ keyId, key, tenantKey }: SealInput["keys"], salt: Uint8Array, owners: readonly OwnerKey[]): void {
  for (const each of [key, tenantKey, ...owners.map((owner) => owner.key)]) checkBytes("a key", each, KEY_BYTES);
  checkBytes("a salt", salt, SALT_BYTES);
  checkBytes("a key id", Buffer.from(keyId, "base64url"), NAME_BYTES);
}

export function checkBytes(what: string, bytes: Uint8Array, length: number): void {
  if (bytes.length !== length) throw new RangeError(`expected ${what} of ${length} bytes, got ${bytes.length}`);
}

function checkCount(what: string, count: number, min: number, max: number): void {
  if (count < min || count > max) throw new RangeError(`expected ${min} to ${max} ${what}, got ${count}`);
}
