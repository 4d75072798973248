import { KEY_BYTES, type OpeningKeys } from "#keys";
import { decryptPart, isCommittedTo } from "./cipher.ts";
import { derivePartKeys, LOCATOR_PART, type PartKeys, segmentPart } from "./derive-keys.ts";
import { type HeaderFailure, parseHeader, type SealedSegment, type SealHeader } from "./header.ts";
import { type Locator, readLocator } from "./locator.ts";
import { checkBytes } from "./seal.ts";

export interface OpenInput {
  readonly envelope: Uint8Array;
  /** The bytes that were given to `seal`. */
  readonly aad: Uint8Array;
  readonly keys: OpeningKeys;
}

/**
 * `UNKNOWN_KEY`: sealed under the keys of somebody else, or of somebody who is erased. `WRONG_KEY`: the key is not the one
 * of the commitment. `TAMPERED`: bytes or context are not those of the sealing.
 */
export type OpenFailure = HeaderFailure | "UNKNOWN_KEY" | "WRONG_KEY";

interface Failed {
  readonly ok: false;
  readonly failure: OpenFailure;
}

export type Opened =
  | { readonly ok: true; readonly tenant: string; readonly segments: readonly OpenedSegment[] }
  | Failed;

/** A segment of which an owner is erased stays closed; the others open. */
export type OpenedSegment = { readonly people: readonly string[] } & OpenedOne;

export type OpenedOne = { readonly ok: true; readonly plaintext: Uint8Array } | Failed;

/**
 * Opens an envelope. Every way in which data can be wrong is a value.
 *
 * @throws {RangeError} when a key that was found is not 32 bytes long
 */
export function open(input: OpenInput): Opened {
  const parsed = parseHeader(input.envelope);
  if (!parsed.ok) return parsed;
  const locator = openLocator(parsed.header, input);
  if ("failure" in locator) return locator;
  const { tenant } = locator;
  const segments = parsed.header.segments.map((_, index) => openSegment(index, locator, parsed.header, input));
  const [broken] = segments.flatMap((each) => (each.ok || each.failure === "UNKNOWN_KEY" ? [] : [each.failure]));
  return broken === undefined ? { ok: true, tenant, segments } : { ok: false, failure: broken };
}

/** Opens an envelope of one segment: a field, or a record that one person owns. */
export function openOne(input: OpenInput): OpenedOne {
  const opened = open(input);
  if (!opened.ok) return opened;
  const [segment, ...more] = opened.segments;
  return segment === undefined || more.length > 0 ? { ok: false, failure: "TAMPERED" } : segment;
}

function openLocator(header: SealHeader, { envelope, aad, keys }: OpenInput): Locator | Failed {
  if (header.keyId !== keys.keyId) return { ok: false, failure: "UNKNOWN_KEY" };
  const bound = Buffer.concat([envelope.subarray(0, header.locatorAt), aad]);
  const part = partKeys([keys.key], header.salt, LOCATOR_PART);
  const opened = openPart(part, { commitment: header.commitment, sealed: header.locator }, bound);
  return opened.ok ? readLocator(opened.plaintext) : opened;
}

function openSegment(index: number, locator: Locator, header: SealHeader, input: OpenInput): OpenedSegment {
  const people = (locator.segments[index] ?? []).map((position) => locator.people[position] ?? "");
  const segment = header.segments[index];
  const owners = findOwners(people, locator, input);
  if (segment === undefined || owners === undefined) return { people, ok: false, failure: "UNKNOWN_KEY" };
  const head = input.envelope.subarray(0, header.segmentsAt);
  const part = partKeys(owners, header.salt, segmentPart(index));
  return { people, ...openPart(part, segment, Buffer.concat([head, segment.head, input.aad])) };
}

/** Undefined unless all of them are there. */
function findOwners(people: readonly string[], { tenant }: Locator, { keys }: OpenInput): Uint8Array[] | undefined {
  const found =
    people.length === 0 ? [keys.tenantKey(tenant)] : people.map((locator) => keys.personKey(tenant, locator));
  const owners = found.filter((key) => key !== undefined);
  return owners.length === found.length ? owners : undefined;
}

function partKeys(owners: readonly Uint8Array[], salt: Uint8Array, part: readonly string[]): PartKeys {
  for (const key of owners) checkBytes("a key", key, KEY_BYTES);
  return derivePartKeys(owners, salt, part);
}

function openPart(part: PartKeys, { commitment, sealed }: Omit<SealedSegment, "head">, bound: Uint8Array): OpenedOne {
  if (!isCommittedTo(part, commitment)) return { ok: false, failure: "WRONG_KEY" };
  const plaintext = decryptPart(part, sealed, bound);
  return plaintext === undefined ? { ok: false, failure: "TAMPERED" } : { ok: true, plaintext };
}
