import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostileOutput, payloadsOf, writeHostileOutputs } from "#support/hostile-output";
import { query } from "#support/query";

/** Readers that need Node alone; those that need more read the same files in `test/e2e/readers.test.ts`. */
describe("hostile values are read alike by every reader", () => {
  const folder = mkdtempSync(join(tmpdir(), "every-reader-"));
  let outputs: ReadonlyMap<string, HostileOutput>;
  beforeAll(async () => {
    outputs = await writeHostileOutputs(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const outputOf = (processor: string): HostileOutput => {
    const output = outputs.get(processor);
    if (output === undefined) throw new Error(`expected an output of ${processor}, got none`);
    return output;
  };

  it("leaves out what some reader could not read, and that alone", () => {
    const output = outputOf("LINES");
    for (const [at, read] of readAll(output).entries()) {
      const { value, title } = output.events[at] ?? { title: "none", value: undefined };
      expect(read, title).toMatchObject(expectedOf(value));
      expect(Object.hasOwn(read, "__proto__"), title).toBe(typeof value === "string");
    }
  });

  it("DuckDB reads JSON lines", async () => {
    const output = outputOf("LINES");
    const from = `'${output.file}'`;
    const rows = await query(`SELECT json FROM read_ndjson_objects(${from})`);
    expect(rows.map(({ json }) => JSON.parse(String(json)))).toEqual(readAll(output));
    const tabled = await query(`SELECT * FROM read_json(${from}, format = 'newline_delimited', columns = ${COLUMNS})`);
    expect(tabled.map(({ text }) => text)).toEqual(readAll(output).map(({ text }) => withoutMark(text)));
    expect(await query(`SELECT id FROM read_json_auto(${from})`)).toHaveLength(output.events.length);
  });

  it("DuckDB reads Parquet, text and columns", async () => {
    const text = outputOf("PARQUET_TEXT");
    const rows = await query(`SELECT payload, json_valid(payload) AS valid FROM read_parquet('${text.file}')`);
    expect(rows).toEqual(payloadsOf(text).map((payload) => ({ payload, valid: true })));
    const typed = outputOf("PARQUET_ROWS");
    const columns = `id, text, tags, "__proto__" AS proto, "ключ 😀 ""quoted""" AS words`;
    expect(await query(`SELECT ${columns} FROM read_parquet('${typed.file}')`)).toEqual(readAll(typed).map(columnsOf));
  });

  it("JSON.parse reads what search indexes are sent, two lines each", () => {
    const output = outputOf("LOG_DOCUMENTS");
    const lines = linesOf(output);
    expect(lines.filter((_, at) => at % 2 === 1)).toEqual(payloadsOf(output));
    for (const line of [...lines, ...linesOf(outputOf("STATES"))]) JSON.parse(line);
  });

  it.each(["MESSAGES", "ORDERED_MESSAGES"])("JSON.parse reads what queues are sent: %s", (processor) => {
    const output = outputOf(processor);
    const bodies = linesOf(output).map((line) => JSON.parse(line).body);
    expect(bodies).toEqual(payloadsOf(output));
    // What SQS takes, and the two characters that its adapter escapes.
    for (const body of bodies) expect(body).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\uffff\u{10000}-\u{10ffff}]*$/u);
  });

  it("JSON.parse reads sealed lines", () => {
    for (const line of linesOf(outputOf("SEALED_LINES")))
      expect(Object.keys(JSON.parse(line))).toEqual(["id", "sealed"]);
  });
});

const COLUMNS = `{id: 'VARCHAR', text: 'VARCHAR', ratio: 'DOUBLE', labels: 'MAP(VARCHAR, VARCHAR)'}`;

function linesOf({ file }: HostileOutput): readonly string[] {
  return readFileSync(file, "utf8").trimEnd().split("\n");
}

function readAll(output: HostileOutput) {
  return payloadsOf(output).map((payload) => JSON.parse(payload));
}

/** What a payload holds of a value: everything, or nothing but what stands beside it. */
function expectedOf(value: string | number | undefined): object {
  if (typeof value === "number") return { free: { deep: expect.anything() } };
  if (value === undefined) return { id: expect.anything() };
  const labels = Object.fromEntries([
    ["a", "b"],
    [value, value],
  ]);
  const free = { "a.b": value, "..": value, $set: value, _id: value };
  return { text: value, $set: value, Name: value, name: value, tags: ["a", value], labels, free };
}

function columnsOf(read: { readonly [name: string]: unknown }): object {
  const [text, proto, words] = ["text", "__proto__", `ключ 😀 "quoted"`].map((name) =>
    withoutMark(Object.getOwnPropertyDescriptor(read, name)?.value),
  );
  const tags = read["tags"] as readonly string[] | undefined;
  return { id: read["id"], text, proto, words, tags: tags?.map(withoutMark) ?? null };
}

/** DuckDB's binding to Node decodes text without a byte order mark that it begins with. */
function withoutMark(text: unknown): unknown {
  return typeof text === "string" ? text.replace(/^\ufeff/, "") : null;
}
