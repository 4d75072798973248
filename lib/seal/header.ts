import { NAME_BYTES } from "#keys";
import { COMMITMENT_BYTES, MAGIC, SALT_BYTES, SUITE, TAG_BYTES, VERSION } from "./format.ts";

/** What an envelope says openly of itself. */
export interface SealHeader {
  /** Public name of the processor's key: 22 characters of base64url. */
  readonly keyId: string;
  /** 32 random bytes: every key of the envelope is derived over them. */
  readonly salt: Uint8Array;
  /** Tells whether a key is the processor's key. */
  readonly commitment: Uint8Array;
  /** Who the envelope is about, sealed under the processor's key. */
  readonly locator: Uint8Array;
  readonly segments: readonly SealedSegment[];
  /** Length of everything before the locator, and of everything before the first segment. */
  readonly locatorAt: number;
  readonly segmentsAt: number;
}

/** A part of the plaintext that the same people own. */
export interface SealedSegment {
  readonly commitment: Uint8Array;
  /** Ciphertext and tag. */
  readonly sealed: Uint8Array;
  /** Commitment and length as they stand in the envelope. */
  readonly head: Uint8Array;
}

/** `NOT_AN_ENVELOPE`: other data. `OTHER_VERSION`: a version or suite this code does not know. `TAMPERED`: damaged. */
export type HeaderFailure = "NOT_AN_ENVELOPE" | "OTHER_VERSION" | "TAMPERED";

export type ParsedHeader =
  | { readonly ok: true; readonly header: SealHeader }
  | { readonly ok: false; readonly failure: HeaderFailure };

const KEY_ID_AT = MAGIC.length + 2;
const SALT_AT = KEY_ID_AT + NAME_BYTES;
const COMMITMENT_AT = SALT_AT + SALT_BYTES;
const LENGTH_AT = COMMITMENT_AT + COMMITMENT_BYTES;
const LOCATOR_AT = LENGTH_AT + 2;
const SEGMENT_HEAD_BYTES = COMMITMENT_BYTES + 4;

/** Reads the open part of an envelope. Nothing of it is proven until the envelope is opened. */
export function parseHeader(envelope: Uint8Array): ParsedHeader {
  if (!MAGIC.every((byte, index) => envelope[index] === byte)) return { ok: false, failure: "NOT_AN_ENVELOPE" };
  const [version, suite] = envelope.subarray(MAGIC.length, KEY_ID_AT);
  if (version === undefined || suite === undefined) return { ok: false, failure: "TAMPERED" };
  if (version !== VERSION || suite !== SUITE) return { ok: false, failure: "OTHER_VERSION" };
  const header = readFields(envelope);
  return header === undefined ? { ok: false, failure: "TAMPERED" } : { ok: true, header };
}

function readFields(envelope: Uint8Array): SealHeader | undefined {
  if (envelope.length < LOCATOR_AT) return undefined;
  const segmentsAt = LOCATOR_AT + viewOf(envelope).getUint16(LENGTH_AT) + 1;
  const segments = readSegments(envelope, segmentsAt);
  const locator = envelope.slice(LOCATOR_AT, segmentsAt - 1);
  if (segments === undefined || segments.length === 0 || locator.length < TAG_BYTES) return undefined;
  return {
    keyId: Buffer.from(envelope.subarray(KEY_ID_AT, SALT_AT)).toString("base64url"),
    salt: envelope.slice(SALT_AT, COMMITMENT_AT),
    commitment: envelope.slice(COMMITMENT_AT, LENGTH_AT),
    locator,
    segments,
    locatorAt: LOCATOR_AT,
    segmentsAt,
  };
}

/** Undefined unless the segments fill the envelope to its end. */
function readSegments(envelope: Uint8Array, start: number): readonly SealedSegment[] | undefined {
  const segments: SealedSegment[] = [];
  let at = start;
  for (let left = envelope[start - 1] ?? 0; left > 0; left--) {
    const bodyAt = at + SEGMENT_HEAD_BYTES;
    if (bodyAt > envelope.length) return undefined;
    const end = bodyAt + viewOf(envelope).getUint32(at + COMMITMENT_BYTES);
    if (end > envelope.length || end < bodyAt + TAG_BYTES) return undefined;
    const head = envelope.slice(at, bodyAt);
    segments.push({ commitment: head.subarray(0, COMMITMENT_BYTES), sealed: envelope.slice(bodyAt, end), head });
    at = end;
  }
  return at === envelope.length ? segments : undefined;
}

/** Writes everything before the locator. The fields have their lengths; `seal` has checked them. */
export function writeHeader(
  fields: Pick<SealHeader, "keyId" | "salt" | "commitment">,
  locatorBytes: number,
): Uint8Array {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(locatorBytes);
  const keyId = Buffer.from(fields.keyId, "base64url");
  return Buffer.concat([MAGIC, Uint8Array.of(VERSION, SUITE), keyId, fields.salt, fields.commitment, length]);
}

/** Writes a segment's commitment and the length of what follows. */
export function writeSegmentHead(commitment: Uint8Array, sealedBytes: number): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(sealedBytes);
  return Buffer.concat([commitment, length]);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
