import { mapText } from "./map-text.ts";
import { findPersonalData } from "./scrub/find-personal-data.ts";
import { replaceSpans } from "./scrub/scanner.ts";
import { SCANNERS } from "./scrub/scanners.ts";
import type { Transform } from "./transform.ts";

export const scrubText: Transform = {
  name: "scrub_text",
  summary: "Replaces what looks like personal data in free text and URLs by tags such as `[EMAIL]`.",
  parameters: [],
  accepts: ["string"],
  yields: () => "same",
  resultLength: "tells",
  reveals: () => ["ALL"],
  uses: [],
  failures: [
    `Found are ${SCANNERS.filter(({ tag }) => tag !== undefined)
      .map(({ summary }) => summary)
      .join("; ")}. Names, and what is told in words, stay: it is a help beside a policy, not a decision.`,
    "Percent and HTML spellings and those of JSON are read to a depth of 3, digits of every script too; invisible characters are passed over.",
    "Numbers of 10 to 15 digits without a sign, and shorter ones in the shape of a phone number, are taken for one; dates, times, versions and hashes are not.",
    "A word of a code or state, such as `code=access_denied`, stays; any other value of such a name goes.",
  ],
  examples: [
    {
      title: "tags addresses in text",
      op: { op: "scrub_text" },
      input: `"Login of alice@example.com from 192.0.2.77 and 2001:db8::7f"`,
      output: `"Login of [EMAIL] from [IP] and [IP]"`,
    },
    {
      title: "tags url-encoded ids in paths",
      op: { op: "scrub_text" },
      input: `"/api/v2/users/auth0%7C68ef858cc6698f34e7620c59/roles?hint=alice%40example.com"`,
      output: `"/api/v2/users/[USER_ID]/roles?hint=[EMAIL]"`,
    },
    {
      title: "tags phone numbers and keeps dates",
      op: { op: "scrub_text" },
      input: `"2026-08-20: call +1 (202) 555-0143 or 0202 5550143"`,
      output: `"2026-08-20: call [PHONE] or [PHONE]"`,
    },
    {
      title: "tags tokens and Auth0's ids",
      op: { op: "scrub_text" },
      input: `"eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0. was used by org_p678LcvvdbeDAmDA"`,
      output: `"[JWT]. was used by [ID]"`,
    },
  ],
  prepare: () => mapText(scrub),
};

function scrub(text: string): string {
  return replaceSpans(text, findPersonalData(text), ({ tag }) => tag);
}
