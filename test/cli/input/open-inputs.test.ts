import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type InputItem, type OpenOptions, openInputs } from "../../../lib/cli/input/index.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "shield-input-"));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const LINES = Array.from({ length: 2_000 }, (_, index) => JSON.stringify({ index, text: "é".repeat(index % 50) }));
const NDJSON = Buffer.from(LINES.map((line) => `${line}\n`).join(""));

describe("openInputs", () => {
  it("reads files in the order they are named in", async () => {
    write({ "b.ndjson": "{}\n[]", "a.json": "[1,\n2]" });
    expect(await show(["b.ndjson", "a.json"])).toEqual(["b.ndjson:1 {}", "b.ndjson:2 []", "a.json:1 1", "a.json:2 2"]);
  });

  it("reads a folder and what is below it in the order of the names, and names what it leaves out", async () => {
    write({
      "in/b.ndjson": "2",
      "in/a/z.jsonl": "1",
      "in/c.json.gz": gzipSync("[3]"),
      "in/B.JSON": "0",
      "in/e.gz": "",
    });
    write({
      "in/readme.md": "x",
      "in/.hidden.json": "x",
      "in/.git/x.json": "x",
      "in/d.txt": "x",
      "in/f.json.bak": "x",
    });
    write({ "in/e.gz": gzipSync("{}") });
    expect(await show(["in"])).toEqual([
      "INPUT_UNREAD: expected a file that is not hidden, got in/.git",
      "INPUT_UNREAD: expected a file that is not hidden, got in/.hidden.json",
      "in/B.JSON:1 0",
      "in/a/z.jsonl:1 1",
      "in/b.ndjson:1 2",
      "in/c.json.gz:1 3",
      "INPUT_UNREAD: expected JSON or JSON lines, got something else in in/d.txt",
      "in/e.gz:1 {}",
      "INPUT_UNREAD: expected JSON or JSON lines, got something else in in/f.json.bak",
      "INPUT_UNREAD: expected JSON or JSON lines, got something else in in/readme.md",
    ]);
  });

  it.each([
    ["an object", '{"a":1}', 1],
    ["lines", '{"a":1}\n{"a":2}\n', 2],
    ["lines, compressed", gzipSync('{"a":1}\n{"a":2}'), 2],
    ["a pretty array", '\n [\n  {\n    "a": 1\n  }\n]', 1],
    ["a byte order mark", "\ufeff{}", 1],
    ["an array longer than what is looked at", `[${LINES.join()}]`, LINES.length],
    ["a broken object", '{"a', 1],
    ["nothing", "", 0],
    ["blank lines", "\n \n", 0],
    ["server-sent events", ':connected\n\nretry: 1000\n\nevent: user.created\nid: 1\ndata: {"offset":"1"}\n\n', 1],
  ])("reads what is JSON in a folder under a name that says nothing: %s", async (_, content, records) => {
    write({ "in/stream-1-2026-11-04-00-15-10-0b1c2d3e": content });
    const items = await readAll(["in"]);
    expect(items.filter((item) => "record" in item)).toHaveLength(records);
    expect(items).toHaveLength(records);
  });

  it.each([
    ["text", "event of the day"],
    ["lines of a log", "[2026-11-04T00:15:10Z] {}"],
    ["braces", "{ color: red }"],
    ["YAML", "id: 1\nname: x\ndata: {}"],
    ["text, compressed", gzipSync("text")],
    ["UTF-16", Buffer.from('\ufeff{"a":1}', "utf16le")],
    ["bytes", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 1])],
  ])("names what is no JSON in a folder: %s", async (_, content) => {
    write({ "in/auth0.log": content, "in/z.ndjson": "{}" });
    expect(await show(["in"])).toEqual([
      "INPUT_UNREAD: expected JSON or JSON lines, got something else in in/auth0.log",
      "in/z.ndjson:1 {}",
    ]);
  });

  it("never reads the output it is told to skip", async () => {
    write({ "in.ndjson": "1", "out/x.ndjson": "2", "out/deep/y.ndjson": "3" });
    expect(await show(["."], { skip: "out" })).toEqual(["in.ndjson:1 1"]);
    expect(await show(["."], { skip: join(cwd, "out") })).toEqual(["in.ndjson:1 1"]);
  });

  it("follows links to files, not to folders", async () => {
    write({ "real/a.ndjson": "1" });
    mkdirSync(join(cwd, "in"));
    symlinkSync("../real/a.ndjson", join(cwd, "in/link.ndjson"));
    symlinkSync("../in", join(cwd, "in/loop.json"));
    expect(await show(["in"])).toEqual([
      "in/link.ndjson:1 1",
      "INPUT_UNREAD: expected a file or folder, got a link to a folder: in/loop.json",
    ]);
  });

  it("reads standard input, plain or compressed", async () => {
    expect(await show(["-"], { stdin: chunksOf(NDJSON, 100) })).toHaveLength(LINES.length);
    expect(await show(["-"], { stdin: chunksOf(gzipSync(NDJSON), 1) })).toHaveLength(LINES.length);
    expect(await show(["-"], { stdin: chunksOf(Buffer.from("[\n{}]"), 1) })).toEqual(["-:2 {}"]);
    expect(await show(["-"])).toEqual([]);
  });

  it("looks into a file whose name says nothing", async () => {
    write({ "events.log": "{}\n{", events: "[{}]", zipped: gzipSync("{}\n{}") });
    expect(await show(["events.log", "events", "zipped"])).toEqual([
      "events.log:1 {}",
      "events.log:2 {",
      "events:1 {}",
      "zipped:1 {}",
      "zipped:2 {}",
    ]);
  });

  it("leaves out a byte order mark, compressed or not", async () => {
    write({ "a.ndjson": "\ufeff{}", "b.json.gz": gzipSync("\ufeff[{}]") });
    expect(await show(["a.ndjson", "b.json.gz"])).toEqual(["a.ndjson:1 {}", "b.json.gz:1 {}"]);
  });

  it("yields every byte of a large file", async () => {
    write({ "a.ndjson": NDJSON, "b.ndjson.gz": gzipSync(NDJSON), "c.json": `[${LINES.join(",\n")}]` });
    for (const file of ["a.ndjson", "b.ndjson.gz", "c.json"]) {
      expect(await show([file])).toEqual(LINES.map((line, index) => `${file}:${index + 1} ${line}`));
    }
  });

  it("measures a record above the limit", async () => {
    write({ "a.ndjson": `{}\n${"x".repeat(11)}\n{}` });
    expect(await show(["a.ndjson"], { maxRecordBytes: 10 })).toEqual([
      "a.ndjson:1 {}",
      "a.ndjson:2 11 bytes",
      "a.ndjson:3 {}",
    ]);
  });

  it("hands out records that stay as they are", async () => {
    write({ "a.ndjson": NDJSON, "b.ndjson.gz": gzipSync(NDJSON) });
    const items = await readAll(["a.ndjson", "b.ndjson.gz"]);
    expect(items.map((item) => "record" in item && Buffer.from(item.record).toString())).toEqual([...LINES, ...LINES]);
  });
});

describe("progress", () => {
  it("counts bytes as they are stored", async () => {
    const gzip = gzipSync(NDJSON);
    write({ "a.ndjson": NDJSON, "b.ndjson.gz": gzip });
    const { items, progress } = await open(["a.ndjson", "b.ndjson.gz"]);
    const totalBytes = NDJSON.length + gzip.length;
    expect(progress()).toEqual({ bytesRead: 0, totalBytes });
    for await (const _ of items);
    expect(progress()).toEqual({ bytesRead: totalBytes, totalBytes });
  });

  it("knows no total where an input has none", async () => {
    write({ "a.ndjson": "{}" });
    const { items, progress } = await open(["a.ndjson", "-"], { stdin: chunksOf(Buffer.from("{}"), 1) });
    for await (const _ of items);
    expect(progress()).toEqual({ bytesRead: 4 });
  });
});

describe("problems", () => {
  it.each([
    ["a missing file", {}, "nope.ndjson", "CONFIG_INVALID", "expected a file or folder, got nothing at nope.ndjson"],
    [
      "a file that cannot be read",
      { "a.ndjson": "{}" },
      "a.ndjson/b.ndjson",
      "FILE_SYSTEM",
      "expected to read a.ndjson/b.ndjson, got ENOTDIR (not a directory)",
    ],
    [
      "what is no gzip data",
      { "a.gz": "secret" },
      "a.gz",
      "INPUT_DAMAGED",
      "expected gzip data, got something else in a.gz",
    ],
    [
      "an empty file that is said to be compressed",
      { "a.ndjson.gz": "" },
      "a.ndjson.gz",
      "INPUT_DAMAGED",
      "expected the end of the gzip data, got the end of a.ndjson.gz",
    ],
  ])("are told and keep nothing else from being read: %s", async (_, files, operand, ...[code, message]) => {
    write({ ...files, "good.ndjson": "{}" });
    const [item, ...others] = await readAll([operand, "good.ndjson"]);
    expect(item).toMatchObject({ file: operand, problem: { code, message } });
    expect(others.map(text)).toEqual(["good.ndjson:1 {}"]);
  });

  it("are told of a folder without files", async () => {
    mkdirSync(join(cwd, "in/deep"), { recursive: true });
    expect(await show(["in"])).toEqual(["expected files, got none in in"]);
  });

  it("of a file that vanishes are told when its turn comes", async () => {
    write({ "a.ndjson": "{}", "b.ndjson": "{}" });
    const { items } = await open(["a.ndjson", "b.ndjson"]);
    rmSync(join(cwd, "a.ndjson"));
    expect(await collect(items)).toEqual([
      "expected to read a.ndjson, got ENOENT (no such file or directory)",
      "b.ndjson:1 {}",
    ]);
  });

  it("of an array that is never closed are told after its items", async () => {
    write({ "a.json": '\n[{"a":1},\n{"b"' });
    expect(await show(["a.json"])).toEqual([
      'a.json:2 {"a":1}',
      'a.json:3 {"b"',
      "expected a ] for the array of line 2, got the end of a.json",
    ]);
  });

  it("of gzip data that is cut off are told after all that came before", async () => {
    const whole = gzipSync(`[${LINES.join(",\n")}]`);
    for (const length of [20, 1_000, whole.length - 9, whole.length - 1]) {
      write({ "a.json.gz": whole.subarray(0, length) });
      const items = await show(["a.json.gz"]);
      const records = items.slice(0, -1).map((item) => item.slice(item.indexOf(" ") + 1));
      expect(items.at(-1)).toBe("expected the end of the gzip data, got the end of a.json.gz");
      expect(LINES.join("\n").startsWith(records.join("\n").replace(/\ufffd+$/, ""))).toBe(true);
      expect(records.length).toBeGreaterThanOrEqual(length > 1_000 ? LINES.length : 0);
    }
  });

  it("of gzip data that is damaged are told after what came before", async () => {
    const damaged = Buffer.from(gzipSync(NDJSON));
    damaged.writeUInt32LE(0, damaged.length - 8);
    write({ "a.ndjson.gz": damaged });
    const items = await show(["a.ndjson.gz"]);
    expect(items.at(-1)).toBe("expected gzip data, got something else in a.ndjson.gz");
    expect(items.length).toBeGreaterThan(LINES.length * 0.9);
    expect(items.slice(0, -2)).toEqual(
      LINES.slice(0, items.length - 2).map((line, index) => `a.ndjson.gz:${index + 1} ${line}`),
    );
  });

  it("are none where gzip data has several members, or zeros behind it", async () => {
    write({ "a.ndjson.gz": Buffer.concat([gzipSync("1\n"), gzipSync("2\n")]) });
    write({ "b.ndjson.gz": Buffer.concat([gzipSync("1\n"), Buffer.alloc(2_000)]) });
    expect(await show(["a.ndjson.gz", "b.ndjson.gz"])).toEqual([
      "a.ndjson.gz:1 1",
      "a.ndjson.gz:2 2",
      "b.ndjson.gz:1 1",
    ]);
  });

  it("are not made of a defect of ours", async () => {
    const stdin = (async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from("{}");
      throw new TypeError("a defect");
    })();
    await expect(readAll(["-"], { stdin })).rejects.toThrow("a defect");
  });
});

describe("a reader that stops early", () => {
  it("closes what it reads", async () => {
    let isClosed = false;
    const stdin = (async function* () {
      try {
        for (;;) yield Buffer.from("{}\n{}\n");
      } finally {
        isClosed = true;
      }
    })();
    const { items } = await open(["-"], { stdin });
    for await (const _ of items) break;
    expect(isClosed).toBe(true);
  });
});

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), content);
  }
}

function open(operands: readonly string[], options: Partial<OpenOptions> = {}) {
  return openInputs(operands, { cwd, stdin: chunksOf(new Uint8Array(), 1), ...options });
}

async function readAll(operands: readonly string[], options?: Partial<OpenOptions>): Promise<readonly InputItem[]> {
  const found: InputItem[] = [];
  for await (const item of (await open(operands, options)).items) found.push(item);
  return found;
}

async function show(operands: readonly string[], options?: Partial<OpenOptions>): Promise<readonly string[]> {
  return collect((await open(operands, options)).items);
}

async function collect(items: AsyncIterable<InputItem>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const item of items) found.push(text(item));
  return found;
}

function text(item: InputItem): string {
  if ("problem" in item) return item.problem.message;
  if ("unread" in item) return `${item.unread.code}: ${item.unread.message}`;
  const content = "record" in item ? Buffer.from(item.record).toString() : `${item.oversize} bytes`;
  return `${item.file}:${item.line} ${content}`;
}

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
