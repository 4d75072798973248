import { describe, expect, it } from "vitest";
import { referenceEngine } from "#engine";
import { type Envelope, FORMS, readRecord } from "#feeds";
import { FEEDS, type Path } from "#plan";
import { re2 } from "#plan/re2";
import { compileShipped } from "#support/descriptors";
import { contextFor } from "#support/keys";

const POLICY = await compileShipped();
const ENFORCER = referenceEngine.link(POLICY.plans, re2);

/** Each place of a form that names a person, with a type of event that has one there. */
const PLACES = Object.values(FORMS)
  .flat()
  .flatMap((form) => form.subjects.map(({ path, role }) => ({ form, role, path, inner: path.slice(form.body.length) })))
  .flatMap((place) => {
    const row = POLICY.matrix.find(
      (each) =>
        each.path === place.inner.join(".") &&
        POLICY.plans[0]?.routes.some(({ schema, feed }) => schema === each.schema && feed === place.form.feed),
    );
    const route = POLICY.plans.flatMap(({ routes }) => routes).find(({ schema }) => schema === row?.schema);
    const type = route?.match.types[0] ?? (route?.match.base ? "x_unknown" : undefined);
    return type === undefined ? [] : [{ ...place, type, title: `${place.form.name}, ${place.inner.join(".")}` }];
  });

describe("who a feed says it is about, as a number and as text", () => {
  it("is looked for in every form", () => {
    expect(new Set(PLACES.map(({ form }) => form.name)).size).toBeGreaterThan(5);
  });

  it.each(PLACES)("is one person to everybody: $title", ({ form, path, type }) => {
    const [text, number] = [`"123456"`, "123456"].map((id) => readOne(eventWith(path, id, { body: form.body, type })));
    expect(number?.subjects).toEqual(text?.subjects);
    expect(number?.subjects.map(({ id }) => id)).toEqual(["123456"]);
    const fields = POLICY.plans.map(({ source }) => source === "fields");
    expect(decide(number).filter((_, at) => fields[at])).toEqual(decide(text).filter((_, at) => fields[at]));
  });

  it.each(PLACES)("is nobody where it is empty: $title", ({ form, path, type }) => {
    expect(readOne(eventWith(path, `""`, { body: form.body, type }))?.subjects).toEqual([]);
  });
});

function decide(event: Envelope | undefined) {
  if (event === undefined) throw new RangeError("expected an event, got none");
  return ENFORCER.enforce(event, contextFor()).map((decision) => {
    if (decision.kind !== "deliver") return decision;
    const { payload, entityKey, drops } = decision;
    return { payload: Buffer.from(payload).toString(), entityKey, drops };
  });
}

function readOne(record: string): Envelope | undefined {
  return readRecord(Buffer.from(record), { kind: "files", feeds: FEEDS }).find((result) => "feed" in result);
}

interface Inside {
  readonly body: Path;
  readonly type: string;
}

/** An event of the form that needs its body there, with one member at the path. */
function eventWith(path: Path, json: string, { body, type }: Inside): string {
  const time = "2026-08-20T09:34:56.000Z";
  const facts =
    path.includes("data") && path.includes("object")
      ? { id: "evt_1", type, time, specversion: "1.0", source: "urn:auth0:acme.auth0.com" }
      : { log_id: "9002026", type, date: time };
  const inner = path.slice(body.length);
  const text = JSON.stringify(nest(inner, "@id", facts)).replace(`"@id"`, json);
  const source = `aws.partner/auth0.com/acme-01234567-0123-0123-0123-0123456789ab/auth0.${"log_id" in facts ? "logs" : "events"}`;
  const around = body[0] === "detail" ? { source, id: "1", "detail-type": "x", time } : { log_id: "9002026" };
  return body.length === 0 ? text : JSON.stringify(nest(body, "@body", around)).replace(`"@body"`, text);
}

function nest(path: Path, leaf: string, beside: object = {}): object {
  const [name = "", ...rest] = path;
  return { ...beside, [name]: rest.length === 0 ? leaf : nest(rest, leaf) };
}
