import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aliasOf, storeFilesOf } from "#delivery";
import { indexName } from "#delivery/layouts/bulk-lines";
import { NEWEST_SCRIPT, NEWEST_SCRIPT_BODY } from "#delivery/layouts/newest-script";
import { type HostileOutput, payloadsOf, writeHostileOutputs } from "#support/hostile-output";
import { scratchFolder } from "#support/services/cache";
import { fastavroPython } from "#support/services/fastavro";
import { type OpenSearch, startOpenSearch } from "#support/services/opensearch";
import { run } from "#support/services/processes";

const READ_AVRO = fileURLToPath(new URL("support/read_avro.py", import.meta.url));
const READ_LINES = fileURLToPath(new URL("support/read_lines.py", import.meta.url));

let outputs: ReadonlyMap<string, HostileOutput>;
beforeAll(async () => {
  outputs = await writeHostileOutputs(join(scratchFolder("hostile"), "out"));
});

function outputOf(processor: string): HostileOutput {
  const output = outputs.get(processor);
  if (output === undefined) throw new Error(`expected an output of ${processor}, got none`);
  return output;
}

describe("Python reads hostile values", () => {
  it("in lines of JSON of every kind", async () => {
    const names = ["LINES", "SEALED_LINES", "LOG_DOCUMENTS", "STATES", "ROW_STATES", "MESSAGES", "ORDERED_MESSAGES"];
    const files = names.map((name) => outputOf(name).file);
    const counts = run("python3", [READ_LINES, ...files])
      .trim()
      .split("\n")
      .map(Number);
    const events = outputOf("LINES").events.length;
    expect(counts).toEqual([events, events, 2 * events, 2 * events, 2 * events, events, events]);
  });

  it("in Avro, as text and in columns", async () => {
    const python = await fastavroPython();
    const rowsIn = (processor: string): readonly Record<string, unknown>[] =>
      run(python, [READ_AVRO, outputOf(processor).file])
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    expect(rowsIn("AVRO_TEXT").map(({ payload }) => payload)).toEqual(payloadsOf(outputOf("AVRO_TEXT")));
    const rows = payloadsOf(outputOf("AVRO_ROWS")).map((payload) => JSON.parse(payload));
    expect(rowsIn("AVRO_ROWS").map(({ text, tags }) => [text, tags])).toEqual(
      rows.map(({ text = null, tags = null }) => [text, tags]),
    );
  });
});

describe("OpenSearch takes hostile values", () => {
  let server: OpenSearch;
  beforeAll(async () => {
    server = await startOpenSearch();
    await call(`${server.url}/_scripts/${NEWEST_SCRIPT.id}`, { method: "PUT", body: NEWEST_SCRIPT_BODY });
  });
  afterAll(() => server?.stop());

  it.each(["LOG_DOCUMENTS", "STATES", "ROW_STATES"])("of %s, each as a document", async (processor) => {
    const { plan, file, events } = outputOf(processor);
    const isLog = plan.delivery.sink === "LOG_INDEX";
    const index = `${indexName(plan)}${isLog ? "-2026.03.01" : ""}`;
    const template = storeFilesOf(plan, "").find(({ name }) => name === "index-template.json");
    await call(`${server.url}/_index_template/${aliasOf(plan)}`, { method: "PUT", body: template?.text ?? "" });
    await call(`${server.url}/${index}`, { method: "PUT" });
    const { items } = await call(`${server.url}/_bulk?refresh=true`, {
      method: "POST",
      body: readFileSync(file, "utf8"),
    });
    const refusals = (items as readonly Record<string, Item>[])
      .map((item, at) => ({ title: events[at]?.title, error: Object.values(item)[0]?.error }))
      .filter(({ error }) => error !== undefined);
    expect(refusals).toEqual([]);
    const { hits } = await call(`${server.url}/${aliasOf(plan)}/_search?size=1000`);
    const sources = (hits as Hits).hits.map(({ _source }) => withoutEnvelope(_source));
    const reviver = isLog ? undefined : asScriptsRead;
    const expected = payloadsOf(outputOf(processor)).map((payload) => withoutEnvelope(JSON.parse(payload, reviver)));
    expect(sources.sort(byId)).toEqual(expected.sort(byId));
  });
});

/** The script that keeps the newest state has its document as numbers of Java: no minus zero, and words for infinity. */
function asScriptsRead(_: string, value: unknown): unknown {
  if (typeof value !== "number") return value;
  return Number.isFinite(value) ? value + 0 : `${value}`;
}

interface Hits {
  readonly hits: readonly { readonly _source: Source }[];
}

interface Source {
  readonly id?: string;
  readonly _shield?: unknown;
}

/** The index adds the order to it. */
function withoutEnvelope({ _shield, ...source }: Source): Source {
  return source;
}

function byId({ id = "" }: Source, other: Source): number {
  return id < (other.id ?? "") ? -1 : 1;
}

interface Item {
  readonly error?: unknown;
}

async function call(url: string, init: RequestInit = {}): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url, { ...init, headers: { "content-type": "application/json" } });
  const text = await response.text();
  if (!response.ok) throw new Error(`expected success, got ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
