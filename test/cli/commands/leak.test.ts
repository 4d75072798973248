import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadPolicy } from "#cli/policy/load-policy";
import type { ProcessorReport, Report } from "#delivery";
import type { MatrixRow, Policy } from "#policy";
import { createPlanter, findCanaries } from "#support/canaries";
import { createIo, KEYS, runCli } from "#support/cli";

const FOLDERS = ["test/fixtures/auth0", "policies/examples/events"].map(
  (folder) => new URL(`../../../${folder}`, import.meta.url).pathname,
);
const FILES = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))).filter((file) =>
  /\.(ndjson|json)$/.test(file),
);

interface Result {
  readonly exitCode: number;
  readonly printed: string;
  readonly report: Report;
  /** Text of every file below the output directory, and its path, by the folder that holds it. */
  readonly written: ReadonlyMap<string, string>;
}

describe("shield run on every sample", () => {
  it.each(FILES.map((file) => ({ name: basename(file), file })))(
    "accounts for every event of $name",
    async ({ file }) => {
      const { exitCode, printed, report } = await run(file);
      expect(printed).not.toMatch(/UNEXPECTED|ENFORCER_FAILED|SINK_FAILED/);
      expect([0, 1]).toContain(exitCode);
      expect(report.events).toBe(readRecords(file).length);
      const sums = Object.entries(report.processors).map(([name, counts]) => [name, sumOf(counts)]);
      expect(sums).toEqual(sums.map(([name]) => [name, report.events]));
    },
  );
});

describe("shield run on every sample, with a value of its own at each place", () => {
  const planter = createPlanter();
  const records = FILES.flatMap(readRecords).map((record) => planter.plantIn(record) as JsonObject);
  let policy: Policy;
  let result: Result;

  beforeAll(async () => {
    policy = await loadPolicy({}, createIo().io);
    const file = join(mkdtempSync(join(tmpdir(), "shield-canaries-")), "events.ndjson");
    writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    result = await run(file);
  });

  it("shows a processor only values whose cell allows it", () => {
    const leaks = policy.processors.flatMap((processor) =>
      findCanaries(result.written.get(processor) ?? "")
        .filter((text) => !mayShow(text, processor))
        .map((text) => `${processor}: ${describeCanary(text)}`),
    );
    expect(leaks).toEqual([]);
  });

  it("shows nothing beside the outputs", () => {
    const places = [...result.written].filter(([name]) => !policy.processors.includes(name) && name !== ".shield");
    const texts = [result.printed, JSON.stringify(result.report), ...places.map(([, text]) => text)];
    expect(texts.flatMap(findCanaries).map(describeCanary)).toEqual([]);
  });

  it("keeps for itself only what some processor is shown", () => {
    const leaks = findCanaries(result.written.get(".shield") ?? "").filter(
      (text) => !policy.processors.some((processor) => mayShow(text, processor)),
    );
    expect(leaks.map(describeCanary)).toEqual([]);
  });

  it("shows what cells allow, so that the test above looks at something", () => {
    const shown = (processor: string) => findCanaries(result.written.get(processor) ?? "").length;
    expect(planter.canaries.size).toBeGreaterThan(10_000);
    expect(shown("FRAUD_DETECTION")).toBeGreaterThan(1_000);
    expect(shown("OPENSEARCH")).toBeGreaterThan(500);
    expect(shown("WAREHOUSE")).toBeGreaterThan(100);
    expect(shown("USER_SEARCH")).toBeGreaterThan(1);
    expect(shown("EU_DATA_LAKE")).toBeGreaterThan(10);
  });

  function mayShow(text: string, processor: string): boolean {
    const cell = rowOf(text)?.cells[processor];
    const reveals = [...(cell?.reveals ?? []), ...(cell?.outputs ?? []).flatMap((output) => output.reveals)];
    return reveals.includes("ALL");
  }

  /** The row that decides the place where a canary was planted. */
  function rowOf(text: string): MatrixRow | undefined {
    const canary = planter.canaries.get(text);
    const record = records[(canary?.record ?? 0) - 1];
    if (canary === undefined || record === undefined) return undefined;
    const { prefix, schema, type } = locate(record, policy);
    const path = canary.path.startsWith(prefix) ? canary.path.slice(prefix.length) : undefined;
    const rows = policy.matrix.filter((row) => row.schema === schema && path !== undefined && covers(row, path));
    return rows.find(({ types }) => types?.includes(type)) ?? rows.find(({ types }) => types === undefined);
  }

  function describeCanary(text: string): string {
    return `${planter.canaries.get(text)?.path ?? text} of record ${planter.canaries.get(text)?.record}`;
  }
});

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a sample in its own way: one record per line, or a whole JSON text; containers are taken apart. */
function readRecords(file: string): readonly JsonObject[] {
  const text = readFileSync(file, "utf8");
  const values: unknown[] = file.endsWith(".json")
    ? [JSON.parse(text)]
    : text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [JSON.parse(line)]));
  return values.flatMap((value) => {
    const { logs } = value as { logs?: readonly JsonObject[] };
    return Array.isArray(value) ? value : (logs ?? [value as JsonObject]);
  });
}

/** Where the event stands in a record, and the schema that describes it. */
function locate(record: JsonObject, { plans }: Policy): { prefix: string; schema?: string; type: string } {
  const { detail, data, event, source } = record as Record<string, JsonObject | undefined>;
  const routes = plans.flatMap((plan) => plan.routes);
  const ofType = (feed: string, type: unknown) =>
    (
      routes.find((route) => route.feed === feed && route.match.types.includes(String(type))) ??
      routes.find((route) => route.feed === feed && route.match.base)
    )?.schema;
  const found = (prefix: string, feed: string, type: unknown) => {
    const schema = ofType(feed, type);
    return { prefix, type: String(type), ...(schema !== undefined && { schema }) };
  };
  if (String(source).endsWith("/auth0.logs"))
    return found("detail.data.", "AUTH0_LOGS", (detail?.["data"] as JsonObject)?.["type"]);
  if (String(source).endsWith("/auth0.events")) return found("detail.", "AUTH0_EVENTS", detail?.["type"]);
  if (detail !== undefined) {
    const schema = routes.find(
      ({ match }) => match.source === String(source) && match.detailType === record["detail-type"],
    )?.schema;
    return { prefix: "detail.", type: String(record["detail-type"]), ...(schema !== undefined && { schema }) };
  }
  if (record["specversion"] !== undefined) return found("", "AUTH0_EVENTS", record["type"]);
  if (event !== undefined) return found("event.", "AUTH0_EVENTS", event["type"]);
  return data === undefined ? found("", "AUTH0_LOGS", record["type"]) : found("data.", "AUTH0_LOGS", data["type"]);
}

/** Tells whether a row decides a path: its own, an entry of a map, or a place inside an open object. */
function covers(row: MatrixRow, path: string): boolean {
  const pattern = row.path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll("{}", "\\.[^.]+");
  return new RegExp(`^${pattern}($|\\.|\\[)`).test(path);
}

async function run(file: string): Promise<Result> {
  const out = join(mkdtempSync(join(tmpdir(), "shield-sample-")), "out");
  const { exitCode, stdout, stderr } = await runCli(["run", file, "--out", out], { env: { SHIELD_KEYS: KEYS } });
  const report = JSON.parse(readFileSync(join(out, "report.json"), "utf8"));
  return { exitCode, printed: stdout + stderr, report, written: readFolders(out) };
}

function readFolders(out: string): ReadonlyMap<string, string> {
  const folders = readdirSync(out).filter((name) => statSync(join(out, name)).isDirectory());
  return new Map(
    folders.map((folder) => {
      const files = readdirSync(join(out, folder), { recursive: true, encoding: "utf8" });
      const texts = files
        .filter((file) => statSync(join(out, folder, file)).isFile())
        .map((file) => `${file}\n${readFileSync(join(out, folder, file), "latin1")}`);
      return [folder, texts.join("\n")];
    }),
  );
}

function sumOf({ delivered, skipped, rejected }: ProcessorReport): number {
  const counts = [...Object.values(skipped), ...Object.values(rejected)];
  return counts.reduce((sum, count) => sum + count, delivered);
}
