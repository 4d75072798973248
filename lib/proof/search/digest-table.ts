import { hash } from "node:crypto";

/** Digests that anybody can make of a value: hiding behind one is not hiding. */
const ALGORITHMS = ["md5", "sha1", "sha256"] as const;

/** Bytes of a digest that must agree: 64 bits. */
export const SURE_BYTES = 8;

/** Finds the texts that digests were made of. */
export interface DigestTable {
  /** Tells cheaply whether a digest could begin with these bits: the first 24, then the next 24. */
  mayBegin(high: number, low: number): boolean;
  /** The position of the text whose digest begins with these {@link SURE_BYTES} bytes. */
  find(bytes: Buffer): number | undefined;
}

/** Indexes unsalted digests: text `i` may have been hashed in any of `spellings[i]`. */
export function createDigestTable(spellings: readonly (readonly string[])[]): DigestTable {
  const known = new Map<number, { readonly text: number; readonly digest: Buffer }>();
  const begins = new Uint8Array(2 ** 21);
  for (const [text, all] of spellings.entries()) {
    for (const digest of all.flatMap(digestsOf)) {
      known.set(keyOf(digest), { text, digest });
      const high = digest.readUIntBE(0, 3);
      begins[high >>> 3] = (begins[high >>> 3] ?? 0) | (1 << (high & 7));
    }
  }
  return {
    mayBegin: (high, low) => (((begins[high >>> 3] ?? 0) >>> (high & 7)) & 1) === 1 && known.has(high * 2 ** 24 + low),
    find(bytes) {
      const found = bytes.length < SURE_BYTES ? undefined : known.get(keyOf(bytes));
      return found?.digest.subarray(0, SURE_BYTES).equals(bytes.subarray(0, SURE_BYTES)) ? found.text : undefined;
    },
  };
}

function digestsOf(text: string): readonly Buffer[] {
  return ALGORITHMS.map((algorithm) => hash(algorithm, text, "buffer"));
}

function keyOf(bytes: Buffer): number {
  return bytes.readUIntBE(0, 6);
}
