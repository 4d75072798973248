/** Symbols of canaries: Crockford's base32 in lower case. None is touched by percent-encoding or JSON escapes. */
export const SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz";

/** Symbols of a canary in text: 100 bits. */
export const TEXT_SYMBOLS = 20;

/** Digits of a canary in a number: more than any time or version has, and exact in a double. */
export const NUMBER_DIGITS = 15;

/** The shortest piece of a canary that is told from chance wherever it turns up: 55 bits. */
export const FRAGMENT_SYMBOLS = 11;

/** The same for a canary of digits, where times and counters are near: 12 digits. */
export const FRAGMENT_DIGITS = 12;

const NO_SYMBOL = -1;

/** The value (0 to 31) of each byte that is a symbol, upper case as lower case; -1 for every other byte. */
export const SYMBOL_OF_BYTE: Int8Array = Int8Array.from({ length: 256 }, (_, byte) => {
  return byte < 128 ? SYMBOLS.indexOf(String.fromCharCode(byte).toLowerCase()) : NO_SYMBOL;
});

/** Values of a canary's symbols. */
export function symbolsOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => SYMBOLS.indexOf(character));
}
