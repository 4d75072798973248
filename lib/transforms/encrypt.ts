import { type JsonValue, writeJson } from "#json";
import { toText } from "#seal";
import { JSON_KINDS } from "./json-kinds.ts";
import { flagOf, textOf } from "./read-op.ts";
import type { Transform } from "./transform.ts";

/** Plaintexts are padded to a multiple of this, so that `true` and `false`, or one word and another, look alike. */
const BLOCK_BYTES = 32;
const SPACE = 0x20;

export const encrypt: Transform = {
  name: "encrypt",
  summary: "Seals a value so that only a holder of the key can read it.",
  parameters: [
    {
      name: "scope",
      type: "enum",
      summary: "whose key seals: with `SUBJECT`, erasing the person makes the value unreadable",
      default: "`PROCESSOR`",
      values: ["PROCESSOR", "SUBJECT"],
    },
    {
      name: "consumer_may_decrypt",
      type: "bool",
      summary: "the consumer gets the key, so it counts as revealing everything",
      default: "no",
    },
  ],
  accepts: JSON_KINDS,
  yields: () => "string",
  reveals: (op) => (flagOf(op, "consumer_may_decrypt") ? ["ALL"] : ["PRESENCE", "LENGTH"]),
  uses: ["seal"],
  failures: [
    "With `scope: SUBJECT`, a value of an event about nobody is sealed under the processor's key.",
    `The length of the JSON text is rounded up to a multiple of ${BLOCK_BYTES} bytes and shows.`,
  ],
  examples: [
    { title: "seals a string", op: { op: "encrypt" }, input: `"alice@example.com"`, output: `"<keyed>"` },
    {
      title: "seals an object under the person's key",
      op: { op: "encrypt", scope: "SUBJECT", consumer_may_decrypt: true },
      input: `{"plan":"gold"}`,
      output: `"<keyed>"`,
    },
  ],
  prepare(op) {
    const scope = textOf(op, "scope") === "SUBJECT" ? "SUBJECT" : "PROCESSOR";
    return (value, context) => ({ kind: "string", text: toText(context.seal(paddedJson(value), scope)) });
  },
};

/** JSON text in UTF-8, filled up with spaces, which JSON ignores. */
function paddedJson(value: JsonValue): Uint8Array {
  const text = Buffer.from(writeJson(value));
  const padded = Buffer.alloc(Math.ceil(text.length / BLOCK_BYTES) * BLOCK_BYTES, SPACE);
  padded.set(text);
  return padded;
}
