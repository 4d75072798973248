import { OURS, type SinkTransport } from "./transport-facts.ts";

const OPEN: SinkTransport = { channel: "seal", of: OURS, ops: [], rule: "", facts: ["plan"] };

/** What a sealed envelope says openly of itself: format v1, `lib/seal`. */
export const SEAL: Readonly<Record<string, SinkTransport>> = {
  "seal.version": { ...OPEN, rule: "magic bytes, version and suite of the format" },
  "seal.key_id": { ...OPEN, rule: "public name of the processor's key", facts: ["keys", "plan"] },
  "seal.salt": { ...OPEN, rule: "32 random bytes", facts: ["random"] },
  "seal.commitment": { ...OPEN, rule: "commitments to the keys, over the salt", facts: ["keys", "random"] },
  "seal.locator": {
    ...OPEN,
    of: "entity",
    ops: [{ op: "encrypt" }],
    rule: "whom it is about, sealed under the processor's key and filled up to blocks",
    facts: ["keys", "random"],
    varies: ["bytes", "length"],
  },
  "seal.segments": {
    ...OPEN,
    of: "entity",
    ops: [{ op: "encrypt" }],
    rule: "how many parts there are, each of other people, and the length of each",
    facts: ["keys", "random"],
    varies: ["bytes", "length", "count"],
  },
};
