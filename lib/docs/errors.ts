import { type Audience, ERROR_CODES, type ErrorFacts } from "#errors";
import { code, document, table } from "./markdown.ts";

/** Who has to act, in the order of a record's way through the product. */
const AUDIENCES: Readonly<Record<Audience, string>> = {
  "policy author": "for the policy author",
  operator: "for the operator",
  data: "about data",
  sink: "from sinks",
};

/** Renders what each error code means and what to do about it. */
export function renderErrors(): string {
  return document([
    "# Error codes",
    "Every code there is. Codes are never renamed or reused, so scripts and alarms may rely on them.",
    ...Object.entries(AUDIENCES).flatMap(([audience, title]) => [`## Codes ${title}`, codesFor(audience)]),
  ]);
}

function codesFor(audience: string): string {
  const codes: readonly (readonly [string, ErrorFacts])[] = Object.entries(ERROR_CODES);
  const rows = codes.filter(([, facts]) => facts.audience === audience);
  return table(
    ["code", "meaning", "what to do"],
    rows.map(([name, { summary, remedy }]) => [code(name), summary, remedy]),
  );
}
