/**
 * What stands between and around the values of a JSON text: ASCII, so that a byte and a UTF-16 unit have the same number.
 *
 * Of the space that JSON allows, `SPACE` is the last; below it stand the rest and the other control characters.
 */
export const CHARACTERS = {
  QUOTE: 0x22,
  BACKSLASH: 0x5c,
  COMMA: 0x2c,
  OPEN_ARRAY: 0x5b,
  CLOSE_ARRAY: 0x5d,
  OPEN_OBJECT: 0x7b,
  CLOSE_OBJECT: 0x7d,
  NEWLINE: 0x0a,
  SPACE: 0x20,
} as const;

const { SPACE } = CHARACTERS;

/** Tells whether nothing but space stands in the bytes. */
export function isBlank(bytes: Uint8Array): boolean {
  return !bytes.some((byte) => byte > SPACE);
}
