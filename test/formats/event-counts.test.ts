import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { referenceEngine } from "#engine";
import { formatOf } from "#formats";
import type { Plan } from "#plan";
import { re2 } from "#plan/re2";
import { compileShipped } from "#support/descriptors";
import { eventOf } from "#support/events";
import { contextFor } from "#support/keys";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "event-counts-"));
  await writeLake(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("event-counts.sql", () => {
  it("counts by type, connection and day, and leaves small cells out", async () => {
    const counts = await countEvents(folder);
    expect(counts.map(({ type, day, events }) => [type, day, events])).toEqual([
      ["connection.updated", "2026-02-03", "7"],
      ["organization.connection.added", "2026-02-03", "5"],
      ["connection.updated", "2026-02-04", "6"],
    ]);
  });

  it("tells connections apart by tokens", async () => {
    const names = (await countEvents(folder)).map(({ connection }) => connection);
    expect(names.every((name) => /^e1\.[\w-]{22}$/.test(String(name)))).toBe(true);
    expect(names[0]).toBe(names[2]);
  });
});

/** Events of the example lake: 4 deletions stay below what is shown. */
const EVENTS = [
  { type: "connection.updated", day: "2026-02-03", count: 7, object: { id: "con_1", name: "acme", strategy: "oidc" } },
  { type: "connection.updated", day: "2026-02-04", count: 6, object: { id: "con_1", name: "acme", strategy: "oidc" } },
  { type: "connection.deleted", day: "2026-02-04", count: 4, object: { id: "con_1", name: "acme", strategy: "oidc" } },
  {
    type: "organization.connection.added",
    day: "2026-02-03",
    count: 5,
    object: { organization: { id: "org_1" }, connection: { id: "con_2" } },
  },
];

async function writeLake(root: string): Promise<void> {
  const shipped = (await compileShipped()).plans.find(({ processor }) => processor === "EU_DATA_LAKE");
  if (shipped === undefined) throw new Error("expected the shipped lake");
  const plan: Plan = { ...shipped, delivery: { ...shipped.delivery, format: "PARQUET" } };
  const format = await formatOf(plan);
  const enforcer = referenceEngine.link([plan], re2);
  for (const { type, day, count, object } of EVENTS) {
    const rows = Array.from({ length: count }, (_, n) => {
      const time = `${day}T10:0${n}:00Z`;
      const body = { specversion: "1.0", type, source: "urn:auth0:t.auth0.com", time, data: { object } };
      const sourceId = `${type} ${day} ${n}`;
      const [decision] = enforcer.enforce(eventOf(body, { feed: "AUTH0_EVENTS", type, sourceId }), contextFor());
      if (decision?.kind !== "deliver") throw new Error(`expected a delivery, got ${decision?.kind}`);
      const row = format.read(decision);
      if ("reject" in row) throw new Error("expected a row");
      return row;
    });
    const partition = join(root, `dt=${day}`, "hour=10");
    mkdirSync(partition, { recursive: true });
    writeFileSync(join(partition, `part-${type}.parquet`), format.encode(rows));
    writeFileSync(join(partition, "part-tombstone.parquet"), format.encode([]));
  }
}

async function countEvents(root: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create()).connect();
  const objects = `read_parquet('${root}/**/*.parquet', hive_partitioning = true, hive_types = {'dt': VARCHAR})`;
  await connection.run(`create view lake as select * from ${objects}`);
  await connection.run(readFileSync("policies/examples/sql/event-counts.sql", "utf8"));
  const rows = (await connection.runAndReadAll("select * from event_counts")).getRowObjectsJson();
  connection.closeSync();
  return rows as Record<string, unknown>[];
}
