import { canonicalSubjectId, toOneSpelling } from "#plan";
import { mapText } from "./map-text.ts";
import { flagOf } from "./read-op.ts";
import type { Transform } from "./transform.ts";

export const normalize: Transform = {
  name: "normalize",
  summary: "Brings a value to one spelling, so that equal values have equal tokens.",
  parameters: [
    {
      name: "subject_id",
      type: "bool",
      summary:
        "the value is a user id: `auth0|X` becomes `X`, and nothing else of it changes, since ids are case-sensitive",
      default: "the value becomes lower case, composed (NFC) and free of outer space",
    },
  ],
  accepts: ["string"],
  yields: () => "same",
  reveals: () => ["ALL"],
  uses: [],
  failures: [
    "Letters that only some languages fold (`ß` and `ss`, `ı` and `i`) stay apart.",
    "Accents are not composed in a text with more than 30 combining marks in a row.",
    "Of user ids only the prefix of database users is cut, and only before an id without a `|`; any other prefix tells people apart.",
  ],
  examples: [
    {
      title: "writes lower case without outer space",
      op: { op: "normalize" },
      input: `" Alice@Example.COM "`,
      output: `"alice@example.com"`,
    },
    { title: "composes accents", op: { op: "normalize" }, input: `"RENE\\u0301"`, output: `"rené"` },
    {
      title: "cuts the prefix of a database user",
      op: { op: "normalize", subject_id: true },
      input: `"auth0|64B0"`,
      output: `"64B0"`,
    },
    {
      title: "keeps any other prefix",
      op: { op: "normalize", subject_id: true },
      input: `"google-oauth2|1"`,
      output: `"google-oauth2|1"`,
    },
  ],
  prepare: (op) => mapText(flagOf(op, "subject_id") ? canonicalSubjectId : toOneSpelling),
};
