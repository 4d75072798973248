import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Decision, referenceEngine } from "#engine";
import { type Envelope, type Malformed, readRecord } from "#feeds";
import { FEEDS } from "#plan";
import { re2 } from "#plan/re2";
import { shippedPoliciesDir } from "#policy";
import { compileShipped } from "#support/descriptors";
import { contextFor } from "#support/keys";

const FOLDER = join(shippedPoliciesDir(), "examples", "events");
const FILES = readdirSync(FOLDER).filter((name) => /\.(nd)?json$/.test(name));
const NOW = Date.parse("2026-09-20T00:00:00Z");

const POLICY = await compileShipped();
const ENFORCER = referenceEngine.link(POLICY.plans, re2);
const READ = FILES.flatMap((name) => readEvents(name));
const EVENTS = READ.filter((event): event is Envelope => !("malformed" in event));

describe("the example events", () => {
  it("are described one file after the other, and small enough to ship", () => {
    const readme = readFileSync(join(FOLDER, "../README.md"), "utf8");
    expect(FILES.filter((name) => !readme.includes(`| \`${name}\` |`))).toEqual([]);
    const bytes = FILES.map((name) => readFileSync(join(FOLDER, name)).length);
    expect(bytes.reduce((sum, each) => sum + each)).toBeLessThan(400_000);
  });

  it("are all read", () => {
    expect(READ.length - EVENTS.length).toBe(0);
    expect(new Set(EVENTS.map(({ feed }) => feed))).toEqual(new Set(["AUTH0_EVENTS", "AUTH0_LOGS", "CUSTOM"]));
  });

  it("hold duplicates, test events and types without a schema", () => {
    const ids = EVENTS.filter(({ test }) => !test).map(({ feed, tenant, sourceId }) => `${feed} ${tenant} ${sourceId}`);
    expect(ids.length - new Set(ids).size).toBeGreaterThan(5);
    const skipped = decideAll().flatMap((decision) => (decision.kind === "skip" ? [decision.reason] : []));
    expect(new Set(skipped)).toEqual(new Set(["test", "no_schema", "not_subscribed"]));
  });

  it("hold states that come too late", () => {
    expect(countLateStates()).toBeGreaterThan(0);
  });

  it("are rejected by nobody", () => {
    expect(decideAll().filter(({ kind }) => kind === "reject")).toEqual([]);
  });

  it.each(POLICY.processors)("give %s something", (name) => {
    expect(deliveredTo(name).length).toBeGreaterThan(0);
  });

  it.each(["OPENSEARCH", "USER_SEARCH", "EU_DATA_LAKE", "WAREHOUSE"])("show %s no e-mail address", (name) => {
    const found = new Set(deliveredTo(name).flatMap((text) => text.match(/[^\s"|]+@[^\s"|]+/g) ?? []));
    expect([...found].filter((address) => !address.includes("*"))).toEqual([]);
  });
});

function readEvents(name: string): readonly (Envelope | Malformed)[] {
  const bytes = readFileSync(join(FOLDER, name));
  const lines = name.endsWith(".ndjson")
    ? bytes
        .toString("utf8")
        .split("\n")
        .filter((line) => line !== "")
    : [bytes];
  return lines.flatMap((line) => readRecord(Buffer.from(line), { kind: "files", feeds: FEEDS }));
}

function decideAll(): readonly Decision[] {
  return EVENTS.flatMap((event) => decide(event));
}

function decide(event: Envelope): readonly Decision[] {
  return ENFORCER.enforce(event, contextFor({ nowMs: NOW }));
}

function deliveredTo(processor: string): readonly string[] {
  const index = POLICY.processors.indexOf(processor);
  return EVENTS.flatMap((event) => {
    const decision = decide(event)[index];
    return decision?.kind === "deliver" ? [Buffer.from(decision.payload).toString("utf8")] : [];
  });
}

/** Counts the states that come after a newer one of the same user. */
function countLateStates(): number {
  const index = POLICY.processors.indexOf("USER_SEARCH");
  const newest = new Map<string, string>();
  let late = 0;
  for (const event of EVENTS) {
    const decision = decide(event)[index];
    if (decision?.kind !== "deliver") continue;
    const { entityKey = "", order = "" } = decision;
    const known = newest.get(entityKey) ?? "";
    if (order < known) late += 1;
    else newest.set(entityKey, order);
  }
  return late;
}
