import { describe, expect, it } from "vitest";
import { type Decision, referenceEngine } from "#engine";
import { getPath, parseJson } from "#json";
import type { Kind } from "#plan";
import { re2 } from "#plan/re2";
import type { MatrixRow } from "#policy";
import { compileShipped } from "#support/descriptors";
import { EVENT_TIME, eventOf } from "#support/events";
import { contextFor } from "#support/keys";

const POLICY = await compileShipped();
const ENFORCER = referenceEngine.link(POLICY.plans, re2);
const ROUTES = POLICY.plans[0]?.routes ?? [];
const ROWS = POLICY.matrix.filter(({ schema }) => ROUTES.some((route) => route.schema === schema));
/** Every field that names people by an id. */
const PLACES = ROWS.filter(({ kind, notAPerson }) => kind === "SUBJECT_ID" && !notAPerson);
const TITLED = PLACES.map((row) => ({ row, title: `${row.path} of ${row.schema}` }));

const GONE = ["gone", "google-oauth2|lost"];

describe("a person who is erased, and named in one place of an event", () => {
  it("is looked for in every place", () => {
    expect(PLACES.length).toBeGreaterThan(150);
  });

  it.each(TITLED)("changes nothing that leaves: $title", ({ row }) => {
    const [one, other] = ["auth0|gone", "google-oauth2|lost"].map((id) => decide(eventWith(row, id), GONE));
    expect(one).toEqual(other);
    expect(one?.map(({ kind }) => kind)).toContain("deliver");
  });

  it.each(TITLED)("takes nothing from people in the other role: $title", ({ row }) => {
    const event = eventWith(row, "auth0|gone");
    const paths = othersOf(row).map(({ path }) => path);
    expect(valuesAt(decide(event, GONE), paths)).toEqual(valuesAt(decide(event, []), paths));
  });
});

/** An event that names a person, whose data stands beside the name, and somebody else in the other role. */
function eventWith(row: MatrixRow, id: string) {
  const parent = row.path.slice(0, Math.max(0, row.path.lastIndexOf(".")));
  const beside = ROWS.filter(
    ({ schema, path, about = "TARGET" }) =>
      schema === row.schema && about === row.about && path.slice(0, Math.max(0, path.lastIndexOf("."))) === parent,
  );
  const body: Json = { log_id: "log", id: "evt", date: EVENT_TIME, time: EVENT_TIME };
  for (const { path, kind } of othersOf(row)) put(body, path, TEXTS[kind]?.("other"));
  for (const { path, kind } of beside) if (kind !== "SUBJECT_ID") put(body, path, TEXTS[kind]?.(id.slice(-4)));
  put(body, row.path, id);
  const route = ROUTES.find(({ schema, root }) => schema === row.schema && root !== undefined);
  const living = route?.match.types.find((type) => !route.deletedBy.includes(type));
  const type = living ?? route?.match.types[0] ?? "x_unknown";
  return eventOf({ ...body, type }, { type, feed: route?.feed ?? "AUTH0_LOGS" });
}

function othersOf({ schema, about }: MatrixRow): readonly MatrixRow[] {
  const role = about === "ACTOR" ? "TARGET" : "ACTOR";
  return ROWS.filter((each) => each.schema === schema && each.about === role && !/[[{]/.test(each.path));
}

/** Texts of kinds that are about people, and whose fields take any text of the kind. */
const TEXTS: Readonly<Partial<Record<Kind, (word: string) => string>>> = {
  SUBJECT_ID: (word) => `samlp|acme|${word}`,
  EMAIL: (word) => `${word}@example.org`,
  PHONE: (word) => `+1555010${word.length}${word.charCodeAt(0)}`,
  PERSON_NAME: (word) => word,
  IP: (word) => `198.51.100.${word.charCodeAt(0)}`,
  USER_AGENT: (word) => word,
  SESSION_ID: (word) => word,
};

interface Json {
  [name: string]: unknown;
}

/** Puts a text at a path of the matrix: lists get one item. */
function put(body: Json, path: string, text: string | undefined): void {
  if (text === undefined) return;
  let at = body;
  const steps = path.split(".");
  for (const [index, step] of steps.entries()) {
    const isList = step.endsWith("[]");
    const name = step.replace(/\[\]$/, "");
    const isLast = index === steps.length - 1;
    if (isLast) at[name] = isList ? [text] : text;
    else {
      at[name] ??= isList ? [{}] : {};
      at = (isList ? (at[name] as Json[])[0] : at[name]) as Json;
    }
  }
}

function decide(event: ReturnType<typeof eventOf>, fenced: readonly string[]) {
  return ENFORCER.enforce(event, contextFor({ fenced })).map((decision, index) => readable(decision, index));
}

/** A decision with its payload as text; sealed payloads leave nothing to be seen, so that they must not leave at all. */
function readable(decision: Decision, index: number) {
  if (decision.kind !== "deliver") return decision;
  const { entityKey, ...rest } = decision;
  const payload = Buffer.from(decision.payload).toString();
  const processor = POLICY.plans[index]?.processor;
  // The one thing that passes a fence: with it a deletion finds the document that it ends.
  return { ...rest, payload, processor, ...(!decision.deleted && { entityKey }) };
}

function valuesAt(decided: ReturnType<typeof decide>, paths: readonly string[]) {
  return decided.map((each) => {
    if (!("payload" in each) || !each.payload.startsWith("{")) return [];
    const parsed = parseJson(each.payload, { maxDepth: 65 });
    return paths.map((path) => ("value" in parsed ? getPath(parsed.value, path.split(".")) : parsed.problem));
  });
}
