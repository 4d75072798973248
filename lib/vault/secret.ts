import { ConfigError } from "#errors";
import { KEY_BYTES } from "#keys";

/** Spellings of a secret that are read: what `writeSecret` writes, padded or plain base64, hex. */
const SPELLINGS = [
  { pattern: /^[A-Za-z0-9_-]{43}$/, encoding: "base64url" },
  { pattern: /^[A-Za-z0-9+/]{43}=?$/, encoding: "base64" },
  { pattern: /^[0-9A-Fa-f]{64}$/, encoding: "hex" },
] as const;

/**
 * Reads the one secret that all local keys are derived from: 32 random bytes as text, white space around it ignored.
 *
 * @throws {ConfigError} when the text is something else; the message tells its length only
 */
export function readSecret(text: string): Uint8Array {
  const trimmed = text.trim();
  const spelling = SPELLINGS.find(({ pattern }) => pattern.test(trimmed));
  if (spelling === undefined) {
    throw new ConfigError(
      `expected the key as 43 characters of base64url, got ${trimmed.length} characters; make one with \`openssl rand -hex 32\``,
    );
  }
  const secret = Buffer.from(trimmed, spelling.encoding);
  if (secret.every((byte) => byte === secret[0])) {
    throw new ConfigError("expected a random key, got one byte 32 times; make one with `openssl rand -hex 32`");
  }
  return new Uint8Array(secret);
}

/** Writes a secret as 43 characters of base64url. */
export function writeSecret(secret: Uint8Array): string {
  return Buffer.from(secret).toString("base64url");
}

/** Makes a secret; `random` must be fit for keys. */
export function makeSecret(random: (length: number) => Uint8Array): Uint8Array {
  return random(KEY_BYTES);
}
