import { keyedToken } from "#keys";
import { textOf } from "./read-op.ts";
import type { Transform } from "./transform.ts";

/** 132 bits: among 2^50 values of one scope, two share a token with a chance of 2^-32. */
const TOKEN_LENGTH = 22;

export const pseudonymize: Transform = {
  name: "pseudonymize",
  summary: "Replaces a value by a keyed token, the same for the same value within its scope.",
  parameters: [
    {
      name: "prefix",
      type: "string",
      summary: "written before the token, to tell tokens apart: letters, digits, `_`, `-`, `.`",
      default: "nothing",
      min: 0,
      max: 32,
    },
  ],
  accepts: ["string", "number"],
  yields: () => "string",
  resultLength: "fixed",
  reveals: () => ["PRESENCE", "EQUALITY"],
  uses: ["pseudonymKey"],
  failures: [
    "Two spellings of a value have two tokens (`1.0` and `1`, upper and lower case): `normalize` before it.",
    "A number has the token of the same text: identifiers come as either.",
    "An empty string is left out: it is nobody.",
  ],
  examples: [
    {
      title: "writes prefix, epoch and token",
      op: { op: "pseudonymize", prefix: "usr_" },
      input: `"alice"`,
      output: `"<keyed>"`,
    },
    {
      title: "takes a number by its text",
      op: { op: "pseudonymize" },
      input: `12345678901234567890`,
      output: `"<keyed>"`,
    },
  ],
  check(op) {
    const prefix = textOf(op, "prefix") ?? "";
    return /^[\w.-]*$/.test(prefix)
      ? undefined
      : "expected prefix of letters, digits, _, - and ., got another character";
  },
  prepare(op) {
    const prefix = textOf(op, "prefix") ?? "";
    return (value, context) => {
      if (value.kind !== "string" && value.kind !== "number") return undefined;
      if (value.text === "") return undefined;
      const { epoch, key } = context.pseudonymKey();
      const token = keyedToken(key, ["string", value.text]).slice(0, TOKEN_LENGTH);
      return { kind: "string", text: `${prefix}e${epoch}.${token}` };
    };
  },
};
