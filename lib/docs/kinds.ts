import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Context, type Drop, type Enforcer, referenceEngine } from "#engine";
import { type Envelope, readRecord } from "#feeds";
import { FEEDS, KINDS, type Kind, kindFacts } from "#plan";
import { re2 } from "#plan/re2";
import { shippedPoliciesDir } from "#policy";
import { createLocalKeys } from "#vault";
import { code, document, table } from "./markdown.ts";
import { compileShippedPolicy } from "./matrix.ts";

/** Renders what each kind asks of its values, and what the recorded example events lose by that. */
export async function renderKinds(): Promise<string> {
  const {
    policy: { plans, matrix },
  } = await compileShippedPolicy();
  const kinds = new Map(matrix.map(({ path, kind }) => [path, kind]));
  const losses = countLosses(referenceEngine.link(plans, re2));
  return document([
    "# Kinds",
    "What each kind asks of its values, beside the field's JSON type. A value that is not like that is left out and counted (`invalid`); the event is rejected where somebody requires the field.",
    table(
      ["kind", "what it is", "what its values must be"],
      Object.keys(KINDS).map((kind) => kindRow(kind as Kind)),
    ),
    "Identifiers may come as numbers: a text field takes one by its text. Texts of kind `CODE` without `one_of` count as `FREE_TEXT` before the ceilings of CENTRAL and of data that leaves the jurisdiction.",
    "## What the example events lose",
    "The values of `examples/events`, recorded and documented ones, that no processor gets because of their kind. Each line is reviewed: what is here is no value of its kind.",
    table(
      ["field", "kind", "values"],
      [...losses].map(([at, count]) => [code(at), kinds.get(at) ?? "", `${count}`]),
    ),
  ]);
}

function kindRow(kind: Kind): readonly string[] {
  const { summary, values } = kindFacts(kind);
  return [code(kind), summary, values?.rule ?? "anything"];
}

/** Counts the values that each field loses to the tests of its kind, by the field's path. */
function countLosses(enforcer: Enforcer): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const event of readExamples()) {
    const perPlan = enforcer
      .enforce(event, CONTEXT)
      .map((decision) => (decision.kind === "deliver" ? decision.drops : []));
    for (const [at, count] of mostPerPath(perPlan)) counts.set(at, (counts.get(at) ?? 0) + count);
  }
  return new Map([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Each processor drops the same values; those that take less see fewer of them. */
function mostPerPath(perPlan: readonly (readonly Drop[])[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const { path, reason, count } of perPlan.flat()) {
    if (reason === "invalid") most.set(path.at, Math.max(most.get(path.at) ?? 0, count));
  }
  return most;
}

function readExamples(): readonly Envelope[] {
  const folder = join(shippedPoliciesDir(), "examples", "events");
  const files = readdirSync(folder)
    .filter((name) => name.endsWith("json"))
    .sort();
  const results = files.flatMap((name) =>
    readRecord(readFileSync(join(folder, name)), { kind: "files", feeds: FEEDS }),
  );
  return results.filter((result): result is Envelope => !("malformed" in result));
}

/** Keys play no part in what is dropped. */
const CONTEXT: Context = {
  nowMs: Date.UTC(2026, 8, 20),
  random: (length) => new Uint8Array(length),
  facts: {},
  keys: createLocalKeys({ secret: new Uint8Array(32) }).ring(),
};
