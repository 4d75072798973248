/** Begins the text form of every envelope, whatever its version: the version is in the bytes. */
const PREFIX = "es.";

/** Writes an envelope as text: `es.` and base64url without padding. */
export function toText(envelope: Uint8Array): string {
  return PREFIX + Buffer.from(envelope).toString("base64url");
}

/** Reads the bytes of a text form; undefined when the text is none. Only the spelling that `toText` writes is taken. */
export function fromText(text: string): Uint8Array | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const bytes = Buffer.from(text.slice(PREFIX.length), "base64url");
  // Node skips characters that are not base64url; an envelope must have one spelling only.
  return toText(bytes) === text ? bytes : undefined;
}
