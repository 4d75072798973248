/** Length of the longest text that stands in both, in UTF-16 code units. */
export function commonSubstring(one: string, other: string): number {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  let lengths = new Uint16Array(short.length + 1);
  let longest = 0;
  for (let at = 0; at < long.length; at++) {
    const next = new Uint16Array(short.length + 1);
    for (let position = 0; position < short.length; position++) {
      if (short.charCodeAt(position) !== long.charCodeAt(at)) continue;
      next[position + 1] = (lengths[position] ?? 0) + 1;
      longest = Math.max(longest, next[position + 1] ?? 0);
    }
    lengths = next;
  }
  return longest;
}
