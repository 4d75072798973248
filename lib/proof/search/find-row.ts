/**
 * Finds the first position, from `from` on, where `length` bytes stand in a row that all have a value; -1 when there is none.
 *
 * `valueOfByte` is negative for the bytes that have none. A window is read from its end, so most bytes of other text are
 * never looked at.
 */
export function findRow(bytes: Uint8Array, from: number, length: number, valueOfByte: Int8Array): number {
  let start = from;
  // Bytes before this one are known to have a value.
  let known = from;
  while (start + length <= bytes.length) {
    let at = start + length - 1;
    while (at >= known && (valueOfByte[bytes[at] ?? 0] ?? -1) >= 0) at--;
    if (at < known) return start;
    known = start + length;
    start = at + 1;
  }
  return -1;
}
