import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storeFilesOf } from "#delivery";
import type { DeliverySpec } from "#plan";
import { KEYS, runCli, SHOP } from "#support/cli";
import { kept, planFor } from "#support/plans";
import { query } from "#support/query";

describe("what a consumer's store needs", () => {
  const folder = mkdtempSync(join(tmpdir(), "store-files-"));
  const out = join(folder, "out");
  beforeAll(async () => {
    const envelope = { "detail-type": "order.placed", source: "com.example.shop", time: "2026-11-21T08:00:00Z" };
    const orders = ["1", "2"].map((id) => JSON.stringify({ ...envelope, id, detail: { number: `n-${id}` } }));
    writeFileSync(join(folder, "orders.ndjson"), orders.join("\n"));
    const argv = ["run", "--policies", SHOP, "--out", "out", "orders.ndjson"];
    await runCli(argv, { cwd: folder, home: folder, env: { SHIELD_KEYS: KEYS } });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("stands beside the output of a run, of each processor whose store needs it", () => {
    expect(readdirSync(join(out, "stores"), { recursive: true, encoding: "utf8" }).sort()).toEqual([
      "STATISTICS",
      "STATISTICS/athena.sql",
      "STATISTICS/duckdb.sql",
    ]);
  });

  it("is a view in which DuckDB finds the lake", async () => {
    const view = readFileSync(join(out, "stores", "STATISTICS", "duckdb.sql"), "utf8");
    const rows = await query(
      `${view.replaceAll("'STATISTICS/", `'${out}/STATISTICS/`)} SELECT json->>'$.number' AS number, dt::VARCHAR AS dt, hour FROM statistics ORDER BY 1`,
    );
    expect(rows).toEqual(["n-1", "n-2"].map((number) => ({ number, dt: "2026-11-21", hour: "08" })));
  });

  const filesOf = (delivery: Partial<DeliverySpec>) => {
    const plan = planFor({ processor: "USER_SEARCH", delivery, fields: { name: kept({ kind: "PERSON_NAME" }) } });
    return storeFilesOf(plan, "USER_SEARCH");
  };

  it("is an index template with an alias that hides entities that are gone, and the script", () => {
    const [template, script] = filesOf({ sink: "ENTITY_INDEX", mode: "NEWEST_STATE" });
    expect(JSON.parse(template?.text ?? "")).toMatchObject({
      index_patterns: ["user-search-g1"],
      template: {
        mappings: { dynamic: "false", properties: { name: { type: "text" } } },
        aliases: { "user-search": { filter: { bool: { must_not: { term: { deleted: true } } } } } },
      },
    });
    expect(JSON.parse(script?.text ?? "")).toHaveProperty("script.source");
  });

  it("is an index template for the indexes of all days", () => {
    const [template] = filesOf({ sink: "LOG_INDEX" });
    expect(JSON.parse(template?.text ?? "")).toMatchObject({
      index_patterns: ["user-search-g1-*"],
      template: { aliases: { "user-search": {} } },
    });
  });

  it("is a table for Athena in every format that it reads, and none of sealed files", () => {
    const tables = (["PARQUET", "AVRO", "JSON", "SEALED"] as const).map((format) =>
      filesOf({ sink: "LAKE", format }).find(({ name }) => name === "athena.sql"),
    );
    expect(tables.map((table) => /STORED AS \w+|SERDE/.exec(table?.text ?? "")?.[0])).toEqual([
      "STORED AS PARQUET",
      "STORED AS AVRO",
      "STORED AS TEXTFILE",
      undefined,
    ]);
    expect(tables[0]?.text).toContain("PARTITIONED BY (\n  `dt` string,\n  `hour` string\n)");
  });
});
