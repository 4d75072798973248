import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLakeLayout } from "#delivery/layouts/lake-layout";
import { formatOf } from "#formats";
import { type FormatName, type Plan, withHash } from "#plan";
import { deliveryOf } from "#support/deliveries";
import { query } from "#support/query";
import { fastavroPython } from "#support/services/fastavro";
import { run } from "#support/services/processes";
import { compilePlans } from "./support/policy.ts";

const READ_AVRO = fileURLToPath(new URL("support/read_avro.py", import.meta.url));

/** Numbers that a double cannot hold, text of every kind, fields that are absent. */
const PAYLOADS = [
  { type: "user.updated", time: "2026-03-14T09:00:00.533Z", logins_count: "9007199254740993", delivered_at: "now" },
  { type: "s", date: "2026-03-14T10:00:00.5Z", strategy: 'Grund: „unbekannt“ ✋ \\ "\n\u0000' },
  { type: "f" },
] as const;

describe("readers that share no code with ours", () => {
  let folder: string;
  let lake: Plan;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "event-shield-readers-"));
    ({ lake } = await compilePlans());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Writes an object of rows and a tombstone, and returns their paths. */
  async function writeBoth(name: FormatName): Promise<readonly [rows: string, tombstone: string]> {
    const { hash: _, ...plan } = lake;
    const format = await formatOf(withHash({ ...plan, delivery: { ...plan.delivery, format: name } }));
    const layout = createLakeLayout(format);
    const rows = PAYLOADS.map((payload, n) => {
      const text = JSON.stringify(payload).replace(/"logins_count":"(\d+)"/, '"logins_count":$1');
      const prepared = layout.prepare(
        deliveryOf(`event ${n}`, { envelope: { type: payload.type }, payload: Buffer.from(text) }),
      );
      if ("kind" in prepared) throw new Error(`expected a row, got ${prepared.code} at ${prepared.path?.at}`);
      return prepared.row;
    });
    const files = [join(folder, `rows${format.extension}`), join(folder, `tombstone${format.extension}`)] as const;
    writeFileSync(files[0], layout.encode(rows));
    writeFileSync(files[1], layout.encode([]));
    return files;
  }

  it("fastavro reads the rows of an Avro lake, and no rows of its tombstone", async () => {
    const python = await fastavroPython();
    const [rows, tombstone] = await writeBoth("AVRO");
    expect(run(python, [READ_AVRO, tombstone])).toBe("");
    const read = run(python, [READ_AVRO, tombstone, rows]).trimEnd().split("\n");
    expect(read.map((line) => contentOf(JSON.parse(line)))).toEqual([
      { type: "f", time: null, date: null, logins_count: null, strategy: null },
      {
        type: "s",
        time: null,
        date: "2026-03-14T10:00:00.500000+00:00",
        logins_count: null,
        strategy: PAYLOADS[1].strategy,
      },
      {
        type: "user.updated",
        time: "2026-03-14T09:00:00.533000+00:00",
        date: null,
        logins_count: "9007199254740993",
        strategy: null,
      },
    ]);
  });

  it("DuckDB reads the rows of a Parquet lake, and no rows of its tombstone", async () => {
    const [rows, tombstone] = await writeBoth("PARQUET");
    expect(await query(`SELECT * FROM read_parquet('${tombstone}')`)).toEqual([]);
    const read = await query(`SELECT * FROM read_parquet(['${tombstone}', '${rows}']) ORDER BY _type`);
    expect(read.map(contentOf)).toEqual([
      { type: "f", time: null, date: null, logins_count: null, strategy: null },
      { type: "s", time: null, date: "2026-03-14 10:00:00.5", logins_count: null, strategy: PAYLOADS[1].strategy },
      {
        type: "user.updated",
        time: "2026-03-14 09:00:00.533",
        date: null,
        logins_count: "9007199254740993",
        strategy: null,
      },
    ]);
  });
});

function contentOf(row: Readonly<Record<string, unknown>>): object {
  const { type, time, date, logins_count, strategy } = row;
  return { type, time, date, logins_count, strategy };
}
