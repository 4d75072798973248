import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Envelope, type Malformed, readRecord } from "#feeds";
import { FEEDS } from "#plan";

const FOLDER = new URL("../fixtures/auth0/", import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => /\.(nd)?json$/.test(name));

describe("the samples", () => {
  it.each([
    ["event-stream-docs-v2-schema-examples.ndjson", { AUTH0_EVENTS: 18 }],
    ["event-stream-test-events-go-auth0-recordings.ndjson", { AUTH0_EVENTS: 7, "AUTH0_EVENTS test": 32 }],
    ["event-stream-mgmt-api-go-auth0-recordings.ndjson", { NOT_AN_EVENT: 133 }],
    ["mgmt-api-streams-terraform-recordings.ndjson", { NOT_AN_EVENT: 178 }],
    ["eventbridge-log-serverless-patterns.ndjson", { NOT_AN_EVENT: 1 }],
    ["synthetic-from-log-schemas.ndjson", { AUTH0_LOGS: 334 }],
    ["synthetic-event-stream-sdk-only-types.ndjson", { AUTH0_EVENTS: 7 }],
    ["synthetic-event-stream-eventbridge-wrapped.ndjson", { AUTH0_EVENTS: 25 }],
    ["ory-kratos-webhooks-captured.ndjson", { NOT_AN_EVENT: 16 }],
    ["ory-kratos-webhook-bodies-derived.ndjson", { NOT_AN_EVENT: 3 }],
    ["ory-kratos-webhook-ctx-docs.json", { NOT_AN_EVENT: 1 }],
  ])("%s: every record is accounted for", (file, want) => {
    expect(tally(recordsOf(file).flatMap(read))).toEqual(want);
  });

  it("are all in the table above", () => {
    expect(FILES).toHaveLength(11);
  });

  it("of EventBridge hold the same events as those without the envelope", () => {
    const wrapped = recordsOf("synthetic-event-stream-eventbridge-wrapped.ndjson").flatMap(readEvents);
    const bare = ["event-stream-docs-v2-schema-examples.ndjson", "synthetic-event-stream-sdk-only-types.ndjson"]
      .flatMap(recordsOf)
      .flatMap(readEvents);
    expect(wrapped.map(factsOf)).toEqual(bare.map(factsOf));
    expect(wrapped.map(({ body }) => JSON.parse(textOf(body)))).toEqual(
      bare.map(({ body }) => JSON.parse(textOf(body))),
    );
  });

  it("of the Management API hold failed deliveries, each of them an event", () => {
    const pages = recordsOf("event-stream-mgmt-api-go-auth0-recordings.ndjson")
      .map((record) => JSON.parse(textOf(record)).response)
      .filter((response) => Array.isArray(response?.deliveries) && response.deliveries.length > 0);
    const events = pages.flatMap((page) => readEvents(Buffer.from(JSON.stringify(page))));
    expect(pages.length).toBeGreaterThan(0);
    expect(events).toHaveLength(pages.flatMap(({ deliveries }) => deliveries).length);
    expect(events.every(({ sourceId }) => /^evt_[A-Za-z0-9]{22}$/.test(sourceId))).toBe(true);
  });
});

function recordsOf(file: string): readonly Buffer[] {
  const bytes = readFileSync(new URL(file, FOLDER));
  if (file.endsWith(".json")) return [bytes];
  return textOf(bytes)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Buffer.from(line));
}

function read(record: Uint8Array): readonly (Envelope | Malformed)[] {
  return readRecord(record, { kind: "files", feeds: FEEDS });
}

function readEvents(record: Uint8Array): readonly Envelope[] {
  return read(record).filter((result) => "feed" in result);
}

function tally(results: readonly (Envelope | Malformed)[]): Readonly<Record<string, number>> {
  const names = results.map((result) => {
    if ("malformed" in result) return result.malformed;
    return result.test ? `${result.feed} test` : result.feed;
  });
  return Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((other) => other === name).length]));
}

function factsOf({ body: _, ...facts }: Envelope): Omit<Envelope, "body"> {
  return facts;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
