/** Where the parts of an envelope stand, by the description of the format in lib/seal/README.md. */
const MAGIC = Buffer.from([0xe5, 0x5e, 0xa1]);
const KEY_ID_AT = 5;
const SALT_AT = 21;
const COMMITMENT_AT = 53;
const LENGTH_AT = 85;
const LOCATOR_AT = 87;
const COMMITMENT_BYTES = 32;
const SEGMENT_HEAD_BYTES = 36;

/** The open parts of an envelope, and where it ends. */
export interface EnvelopeOutline {
  readonly keyId: string;
  readonly salt: string;
  /** Start and end of what only a key can tell from noise. */
  readonly closed: readonly (readonly [number, number])[];
  readonly end: number;
}

/** Reads the outline of an envelope that begins at `start`; undefined when none does. */
export function outlineAt(bytes: Buffer, start: number): EnvelopeOutline | undefined {
  if (!bytes.subarray(start, start + MAGIC.length).equals(MAGIC) || bytes.length < start + LOCATOR_AT + 1)
    return undefined;
  const locatorEnd = start + LOCATOR_AT + bytes.readUInt16BE(start + LENGTH_AT);
  const closed: [number, number][] = [
    [start + COMMITMENT_AT, start + LENGTH_AT],
    [start + LOCATOR_AT, locatorEnd],
  ];
  let at = locatorEnd + 1;
  for (let left = bytes[locatorEnd] ?? 0; left > 0; left--) {
    if (at + SEGMENT_HEAD_BYTES > bytes.length) return undefined;
    const end = at + SEGMENT_HEAD_BYTES + bytes.readUInt32BE(at + COMMITMENT_BYTES);
    if (end > bytes.length) return undefined;
    closed.push([at, at + COMMITMENT_BYTES], [at + SEGMENT_HEAD_BYTES, end]);
    at = end;
  }
  const part = (from: number, to: number) => bytes.toString("hex", start + from, start + to);
  return { keyId: part(KEY_ID_AT, SALT_AT), salt: part(SALT_AT, COMMITMENT_AT), closed, end: at };
}

/** Base64url of an envelope, behind `es.` in payloads. */
const IN_TEXT = /5V6h[A-Za-z0-9_-]{100,}/g;

/** Lists the envelopes in an output: as bytes, and as text. */
export function listEnvelopes(bytes: Buffer): readonly EnvelopeOutline[] {
  const found: EnvelopeOutline[] = [];
  for (let at = bytes.indexOf(MAGIC); at !== -1; ) {
    const outline = outlineAt(bytes, at);
    if (outline !== undefined) found.push(outline);
    at = bytes.indexOf(MAGIC, outline?.end ?? at + 1);
  }
  for (const [text] of bytes.toString("latin1").matchAll(IN_TEXT)) {
    const outline = outlineAt(Buffer.from(text, "base64url"), 0);
    if (outline !== undefined) found.push(outline);
  }
  return found;
}

/** Begins the frame of a file that grows; its length and the checksum of its content follow. */
const FRAME = Buffer.from([0xff, 0x5e, 0xfa, 0x01]);
const CHECKSUM_AT = 8;
const CHECKSUM_END = 16;

/** Blackens what only a key can tell from noise, and checksums over it; key id, salt and every length stay. */
export function maskSeals(bytes: Buffer): Buffer {
  const masked = Buffer.from(bytes);
  for (let at = masked.indexOf(FRAME); at !== -1; at = masked.indexOf(FRAME, at + 1))
    masked.fill(0, at + CHECKSUM_AT, Math.min(masked.length, at + CHECKSUM_END));
  for (let at = masked.indexOf(MAGIC); at !== -1; ) {
    const outline = outlineAt(masked, at);
    for (const [start, end] of outline?.closed ?? []) masked.fill(0, start, end);
    at = masked.indexOf(MAGIC, outline?.end ?? at + 1);
  }
  if (!masked.includes("5V6h")) return masked;
  return Buffer.from(masked.toString("latin1").replace(IN_TEXT, maskText), "latin1");
}

function maskText(text: string): string {
  const bytes = Buffer.from(text, "base64url");
  const outline = outlineAt(bytes, 0);
  if (outline === undefined || outline.end !== bytes.length) return text;
  for (const [start, end] of outline.closed) bytes.fill(0, start, end);
  return bytes.toString("base64url");
}
