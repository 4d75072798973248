const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Digits of the largest 64-bit integer, signed or not. */
const MOST_DIGITS = 20;
const LEAST = -(2n ** 63n);
const MOST = 2n ** 64n - 1n;

/**
 * Reads a number's JSON text as the integer that it is: `1.0` and `1e3` are integers, `1.5` is none.
 *
 * Undefined when it is none, or none of 64 bits. Takes time and memory by the length of the text alone: the exponent of
 * `1e999999` is never written out.
 */
export function parseInteger(text: string): bigint | undefined {
  const [, sign, whole, fraction = "", exponent = "0"] = NUMBER.exec(text) ?? [];
  if (sign === undefined || whole === undefined) return undefined;
  const digits = trimZeros(whole + fraction);
  if (digits.kept === "") return 0n;
  const zeros = Number(exponent) - fraction.length + digits.trailing;
  if (zeros < 0 || digits.kept.length + zeros > MOST_DIGITS) return undefined;
  const integer = BigInt(sign + digits.kept + "0".repeat(zeros));
  return integer >= LEAST && integer <= MOST ? integer : undefined;
}

/** Tells whether a text is an integer as protobuf writes 64-bit ones in JSON: decimal digits in a string. */
export function isDecimalText(text: string): boolean {
  return text.length <= MOST_DIGITS && /^-?(?:0|[1-9]\d*)$/.test(text) && parseInteger(text) !== undefined;
}

function trimZeros(digits: string): { readonly kept: string; readonly trailing: number } {
  let [start, end] = [0, digits.length];
  while (digits[start] === "0") start++;
  while (end > start && digits[end - 1] === "0") end--;
  return { kept: digits.slice(start, end), trailing: digits.length - end };
}
