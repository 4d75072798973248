import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import type { Report } from "#delivery";
import { type CliWorld, KEYS, runCli, SHOP } from "#support/cli";

/** Orders of the shop of `test/fixtures/policies/shop`. */
function order(id: string, detail: object): string {
  const envelope = { id, "detail-type": "order.placed", source: "com.example.shop", time: "2026-11-21T08:00:00Z" };
  return JSON.stringify({ version: "0", ...envelope, detail });
}

const FIRST = order("1", { number: "n-1", email: "jane@example.com", address: "12 High Street" });
const SECOND = order("2", { number: "n-2", email: "joe@example.com", lines: [{ article: "tea" }], gift: true });
const UNNUMBERED = order("3", { email: "jim@example.com" });
const UNKNOWN = JSON.stringify({ ...JSON.parse(FIRST), id: "4", "detail-type": "order.lost" });

describe("shield run", () => {
  let folder: string;
  let out: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "shield-run-"));
    out = join(folder, "out");
  });

  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
    return name;
  };
  const run = (args: readonly string[], world: CliWorld = {}) =>
    runCli(["run", "--policies", SHOP, "--out", "out", ...args], {
      cwd: folder,
      home: folder,
      env: { SHIELD_KEYS: KEYS },
      ...world,
    });
  const reportOf = (name: string): Report => JSON.parse(readFileSync(join(out, name), "utf8"));
  const report = () => reportOf("report.json");
  const rejected = (run: string) =>
    lines(`runs/${run}`)
      .filter((line) => line.startsWith('{"record"'))
      .map((line) => JSON.parse(line));
  const contents = (name: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readdirSync(join(out, name), { recursive: true, encoding: "utf8" })
        .filter((file) => statSync(join(out, name, file)).isFile())
        .sort()
        .map((file) => [file, readFileSync(join(out, name, file), "utf8")]),
    );
  const lines = (name: string) => Object.values(contents(name)).flatMap((text) => text.split("\n").filter(Boolean));

  /** Lines without the envelope, whose ids and hash no test knows. */
  const fieldsIn = (name: string) => lines(name).map((line) => line.replace(/,"_shield":\{.*\}(?=\})/, ""));

  describe("what it writes", () => {
    it("is what each processor may see, and a summary", async () => {
      write("orders.ndjson", `${FIRST}\n${SECOND}\n`);
      const { exitCode, stdout, stderr } = await run(["orders.ndjson"]);
      expect(stdout.split("\n")).toEqual([
        "processor   delivered  rejected  left out most",
        "SHIPPING            2         0  1 ?81921caa (boolean)",
        "STATISTICS          2         0  1 ?81921caa (boolean)",
        "",
        expect.stringMatching(/^2 events; policy [0-9a-f]{12}$/),
        "out/report.json has the rest",
        "",
      ]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(fieldsIn("STATISTICS")).toEqual([
        '{"number":"n-1","email":"j***@example.com","address":"12"}',
        '{"number":"n-2","email":"j***@example.com","lines":[{"article":"tea"}]}',
      ]);
      const _shield = expect.objectContaining({ v: 1, type: "order.placed", schema: "shop.Order" });
      expect(lines("SHIPPING").map((line) => JSON.parse(JSON.parse(line).body))).toEqual([
        { number: "n-1", email: "jane@example.com", address: "12 High Street", _shield },
        { number: "n-2", email: "joe@example.com", lines: [{ article: "tea" }], _shield },
      ]);
    });

    it("is a report in which every event is accounted for", async () => {
      write("orders.ndjson", `${FIRST}\n${FIRST}\n${UNNUMBERED}\n${UNKNOWN}\n{"cut":\n`);
      const { exitCode, stdout } = await run(["orders.ndjson", "--json"]);
      expect(exitCode).toBe(1);
      expect(JSON.parse(stdout)).toEqual(report());
      expect(report()).toEqual({
        events: 5,
        unread: 0,
        duplicates: 1,
        unmatched: 1,
        malformed: 1,
        policy: expect.stringMatching(/^[0-9a-f]{64}$/),
        drift: { events: 3, types: [expect.objectContaining({ feed: "CUSTOM", count: 1 })], fields: [] },
        processors: {
          SHIPPING: {
            delivered: 1,
            skipped: { duplicate: 1, no_schema: 1 },
            rejected: { INVALID_JSON: 1, REQUIRED_FIELD: 1 },
            dropped: [],
          },
          STATISTICS: {
            delivered: 2,
            skipped: { duplicate: 1, no_schema: 1 },
            rejected: { INVALID_JSON: 1 },
            dropped: [],
          },
        },
      });
      expect(lines("quarantine")).toHaveLength(2);
    });

    it("stays as it is when it runs again, whatever the files are called and however they are packed", async () => {
      write("orders.ndjson", `${FIRST}\n${SECOND}\n${UNNUMBERED}\n`);
      await run(["orders.ndjson"]);
      const before = [contents("SHIPPING"), contents("STATISTICS"), contents("quarantine")];
      write("more/orders.json.gz", gzipSync(`[${FIRST},${UNNUMBERED},${SECOND}]`));
      const { exitCode } = await run(["more"]);
      expect(exitCode).toBe(1);
      expect([contents("SHIPPING"), contents("STATISTICS"), contents("quarantine")]).toEqual(before);
      expect(report()).toMatchObject({ events: 3, duplicates: 3 });
    });

    it("names each record that was refused, its file and line, the reason and who refused it", async () => {
      write("orders.ndjson", `${FIRST}\n${UNNUMBERED}\n{"cut":\n`);
      const { stderr } = await run(["orders.ndjson"]);
      expect(stderr.split("\n")).toEqual([
        expect.stringMatching(/^orders\.ndjson:2: warning\[REQUIRED_FIELD\]: .+ \(at number, for SHIPPING\)$/),
        expect.stringMatching(/^orders\.ndjson:3: warning\[INVALID_JSON\]: .+ \(for SHIPPING, STATISTICS\)$/),
        "",
      ]);
      expect(rejected("0001")).toEqual([
        { record: "orders.ndjson:2", code: "REQUIRED_FIELD", path: "number", processors: ["SHIPPING"] },
        { record: "orders.ndjson:3", code: "INVALID_JSON", processors: ["SHIPPING", "STATISTICS"] },
      ]);
    });

    it("keeps what each run reported, and their sum", async () => {
      write("orders.ndjson", `${FIRST}\n${SECOND}\n${UNNUMBERED}\n`);
      await run(["orders.ndjson"]);
      const first = reportOf("runs/0001/report.json");
      await run(["orders.ndjson"]);
      expect(reportOf("runs/0001/report.json")).toEqual(first);
      expect(reportOf("runs/0002/report.json")).toEqual(report());
      expect(rejected("0002")).toEqual(rejected("0001"));
      expect(report().processors["SHIPPING"]).toMatchObject({ delivered: 0, skipped: { duplicate: 2 } });
      expect(reportOf("totals.json")).toMatchObject({
        runs: 2,
        events: 6,
        duplicates: 3,
        processors: {
          SHIPPING: { ...first.processors["SHIPPING"], skipped: { duplicate: 2 }, rejected: { REQUIRED_FIELD: 2 } },
        },
      });
    });

    it("is only that of the processors that are named, wherever the names stand", async () => {
      write("orders.ndjson", FIRST);
      await run(["--processor", "STATISTICS", "orders.ndjson"]);
      expect(Object.keys(report().processors)).toEqual(["STATISTICS"]);
      expect(existsSync(join(out, "SHIPPING"))).toBe(false);
    });

    it("is nothing for no events", async () => {
      write("empty.ndjson", "\n\n");
      expect(await run(["empty.ndjson"])).toMatchObject({ exitCode: 0, stderr: "" });
      expect(report()).toMatchObject({ events: 0 });
    });
  });

  describe("what it shows meanwhile", () => {
    it("is its progress on a terminal, and gone at the end", async () => {
      write("orders.ndjson", `${FIRST}\nnot json\n`);
      const { stdout, stderr } = await run(["orders.ndjson"], { terminal: true });
      expect(stdout).not.toContain("\r");
      expect(stderr).toContain("\r\u001b[K2 events, 0 of 1 MB (100 %)\r\u001b[K");
      expect(stderr).toContain("\u001b[33mwarning[INVALID_JSON]\u001b[39m");
    });
  });

  describe("what it reads", () => {
    it("is standard input for -", async () => {
      await run(["-"], { stdin: `${FIRST}\n${SECOND}` });
      expect(report().events).toBe(2);
    });

    it("is not its own output, even in a folder that holds it", async () => {
      write("orders.ndjson", FIRST);
      await run(["."]);
      await run(["."]);
      expect(report().events).toBe(1);
    });

    it("stops where the user interrupts it, and goes on when it runs again", async () => {
      const interrupt = new AbortController();
      async function* slowly() {
        yield Buffer.from(`${FIRST}\n`.repeat(1_000));
        interrupt.abort();
        yield Buffer.from(`${SECOND}\n`);
      }
      const { exitCode, stderr } = await run(["-"], { stdin: slowly(), interrupt: interrupt.signal });
      expect({ exitCode, stderr }).toEqual({
        exitCode: 130,
        stderr: "stopped after 1000 events: the same command again goes on\n",
      });
      expect(await run(["-"], { stdin: `${FIRST}\n${SECOND}\n` })).toMatchObject({ exitCode: 0 });
      expect(report()).toMatchObject({ events: 2, duplicates: 1 });
    });

    it("does not wait for more input once it is interrupted", async () => {
      const interrupt = new AbortController();
      async function* never() {
        yield Buffer.from(`${FIRST}\n`);
        setTimeout(() => interrupt.abort(), 10);
        await new Promise(() => undefined);
      }
      expect(await run(["-"], { stdin: never(), interrupt: interrupt.signal })).toMatchObject({ exitCode: 130 });
    });
  });

  describe("bad input", () => {
    it.each([
      { title: "text that is not JSON", content: `${FIRST}\nnot json\n`, line: 2, code: "INVALID_JSON", total: 2 },
      {
        title: "a truncated last line",
        content: `${FIRST}\n${SECOND.slice(0, -9)}`,
        line: 2,
        code: "INVALID_JSON",
        total: 2,
      },
      {
        title: "wrong UTF-8",
        content: Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from(`"}\n${FIRST}\n`)]),
        line: 1,
        code: "INVALID_UTF8",
        total: 2,
      },
      {
        title: "a huge line",
        content: `{"a":"${"x".repeat(9 * 1024 * 1024)}"}\n${FIRST}\n`,
        line: 1,
        code: "TOO_LARGE",
        total: 2,
      },
      {
        title: "deep nesting",
        content: `${"[".repeat(100_000)}${"]".repeat(100_000)}\n${FIRST}\n`,
        line: 1,
        code: "TOO_DEEP",
        total: 2,
      },
      {
        title: "JSON that is no event",
        content: `{"hello":"world"}\n${FIRST}\n`,
        line: 1,
        code: "NOT_AN_EVENT",
        total: 2,
      },
    ])("tells of $title in one line and delivers the rest", async ({ content, line, code, total }) => {
      write("orders.ndjson", content);
      const { exitCode, stderr } = await run(["orders.ndjson"]);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(new RegExp(`^orders\\.ndjson:${line}: warning\\[${code}\\]: [^\\n]+\\n$`));
      expect(report()).toMatchObject({ events: total, malformed: 1, processors: { SHIPPING: { delivered: 1 } } });
    });

    it("rejects an event with a name that stands twice", async () => {
      write("orders.ndjson", FIRST.replace('"number"', '"email":"twice@example.com","number"'));
      expect(await run(["orders.ndjson"])).toMatchObject({ exitCode: 1 });
      expect(report().processors["SHIPPING"]).toMatchObject({ delivered: 0, rejected: { DUPLICATE_KEY: 1 } });
    });

    it("names ten malformed records and counts the others", async () => {
      write("orders.ndjson", "x\n".repeat(13));
      const { stderr } = await run(["orders.ndjson"]);
      expect(stderr.trim().split("\n")).toHaveLength(11);
      expect(stderr).toMatch(/and 3 more refused records\n$/);
      expect(report()).toMatchObject({ events: 13, malformed: 13 });
    });

    it("tells of a missing file, reads the others and fails", async () => {
      write("orders.ndjson", FIRST);
      const { exitCode, stderr } = await run(["missing.ndjson", "orders.ndjson"]);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 2,
        stderr: "error[CONFIG_INVALID]: expected a file or folder, got nothing at missing.ndjson\n",
      });
      expect(report()).toMatchObject({ events: 1 });
    });

    it("reads what is JSON in a folder under any name, and names and counts what is not", async () => {
      write("in/orders", FIRST);
      write("in/orders.log", gzipSync(SECOND));
      write("in/notes.txt", "jane@example.com");
      write("in/.hidden.json", UNKNOWN);
      const { exitCode, stderr, stdout } = await run(["in"]);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 1,
        stderr:
          "warning[INPUT_UNREAD]: expected a file that is not hidden, got in/.hidden.json\n" +
          "warning[INPUT_UNREAD]: expected JSON or JSON lines, got something else in in/notes.txt\n",
      });
      expect(stdout).toContain("2 events, 2 files unread;");
      expect(report()).toMatchObject({ events: 2, malformed: 0, unread: 2 });
    });

    it("is one event, whether it names its tenant or is told to be of it", async () => {
      const data = { log_id: "90020251014181558941147000000000000001223372090887881367", type: "s" };
      write("unnamed.ndjson", JSON.stringify({ log_id: data.log_id, data }));
      write("named.ndjson", JSON.stringify({ log_id: data.log_id, data: { ...data, tenant_name: "acme" } }));
      const world = { cwd: folder, home: folder, env: { SHIELD_KEYS: KEYS } };
      await runCli(["run", "unnamed.ndjson", "named.ndjson", "--out", "out", "--tenant", "acme"], world);
      expect(report()).toMatchObject({ events: 2, duplicates: 1 });
    });

    it("refuses a tenant without a name", async () => {
      write("orders.ndjson", FIRST);
      expect(await run(["orders.ndjson", "--tenant", " "])).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining("expected the name of a tenant, got none: --tenant acme"),
      });
      expect(existsSync(out)).toBe(false);
    });

    it("repeats no value of the input", async () => {
      write("orders.ndjson", `${FIRST}\n${UNNUMBERED}\n${FIRST.slice(0, -5)}\n{"jane@example.com":1}\n`);
      const { stdout, stderr } = await run(["orders.ndjson"]);
      expect(stdout + stderr + JSON.stringify(report())).not.toMatch(/example\.com|High Street|n-1/);
    });
  });

  describe("mistakes", () => {
    const refused = async (args: readonly string[], world: CliWorld = {}) => {
      write("orders.ndjson", FIRST);
      const { exitCode, stderr } = await run(args, world);
      expect(exitCode).toBe(2);
      expect(existsSync(join(out, "SHIPPING"))).toBe(false);
      return stderr;
    };

    it("asks for inputs", async () => {
      expect(await refused([])).toBe(
        "error[CONFIG_INVALID]: expected files, folders or - to read events from, got none: shield run events/ --out out\n",
      );
    });

    it("begins nothing where no input is there", async () => {
      expect(await refused(["a.ndjson", "b"])).toBe(
        "error[CONFIG_INVALID]: expected files or folders to read events from, got nothing at a.ndjson, b\n",
      );
    });

    it("asks for a place to write to", async () => {
      expect(await runCli(["run", "orders.ndjson"], { cwd: folder })).toMatchObject({
        exitCode: 2,
        stderr:
          "error[CONFIG_INVALID]: required option '--out <dir>' not specified; shield --help lists commands and options\n",
      });
    });

    it("suggests the processor that was meant", async () => {
      expect(await refused(["orders.ndjson", "--processor", "SHIPING"])).toBe(
        "error[CONFIG_INVALID]: expected a processor, one of SHIPPING, STATISTICS, got SHIPING: did you mean SHIPPING?\n",
      );
    });

    it("refuses names that cannot name a generation", async () => {
      expect(await refused(["orders.ndjson", "--generation", "../g2"])).toBe(
        'error[CONFIG_INVALID]: expected a generation of 1 to 16 lower-case letters and digits, got "../g2"\n',
      );
    });

    it("cannot write below a file", async () => {
      write("orders.ndjson", FIRST);
      const { exitCode, stderr } = await run(["orders.ndjson", "--out", "orders.ndjson/out"]);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(
        /^error\[FILE_SYSTEM\]: expected to mkdir .*, got ENOTDIR \(not a directory\)\n {2}help: .*\n$/,
      );
    });

    it("names the breaches of a policy and does not run it", async () => {
      const policies = copyOfShop(folder, (text) => text.replace("classification: PII, kind: EMAIL", "kind: EMAIL"));
      expect(await refused(["orders.ndjson", "--policies", policies])).toMatch(
        /^order\.proto:14:\d+: error\[POLICY_UNCLASSIFIED\]: [^\n]+\n(.*\n)*1 breach of the policy's rules\n$/,
      );
    });
  });

  describe("the output directory", () => {
    beforeEach(() => void write("orders.ndjson", FIRST));

    it("is one run's at a time", async () => {
      let second: Awaited<ReturnType<typeof run>> | undefined;
      async function* meanwhile() {
        second = await run(["orders.ndjson"]);
        yield Buffer.from(FIRST);
      }
      expect(await run(["-"], { stdin: meanwhile() })).toMatchObject({ exitCode: 0 });
      expect(second?.exitCode).toBe(2);
      expect(second?.stderr).toMatch(
        /^error\[OUTPUT_IN_USE\]: expected to be the only one that writes to .*\n {2}help: .*\n$/,
      );
    });

    it("takes a changed policy from then on, and has a generation for what went before", async () => {
      await run(["orders.ndjson"]);
      const policies = copyOfShop(folder, (text) => text.replace("length: 2", "length: 3"));
      expect(await run(["orders.ndjson", "--policies", policies])).toMatchObject({ exitCode: 0 });
      expect(await run(["orders.ndjson", "--policies", policies, "--generation", "g2"])).toMatchObject({ exitCode: 0 });
      expect(fieldsIn("STATISTICS@g2")).toEqual(['{"number":"n-1","email":"j***@example.com","address":"12 "}']);
      expect(fieldsIn("STATISTICS")).toEqual(['{"number":"n-1","email":"j***@example.com","address":"12"}']);
    });

    it("holds the output of one key", async () => {
      await run(["orders.ndjson"]);
      const { exitCode, stderr } = await run(["orders.ndjson"], { env: { SHIELD_KEYS: "ab".repeat(31).concat("cd") } });
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/^error\[OUTPUT_OTHER_KEYS\]: expected the keys "/);
    });

    it("is not a folder with files of somebody else's", async () => {
      write("out/SHIPPING/mine.txt", "x");
      const { exitCode, stderr } = await run(["orders.ndjson"]);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/^error\[OUTPUT_UNKNOWN\]: /);
    });
  });

  describe("keys", () => {
    const runWithFile = (file: string) => run(["orders.ndjson", "--keys", file], { env: {} });
    beforeEach(() => void write("orders.ndjson", FIRST));

    it("are made when they are used for the first time, for their owner only", async () => {
      const first = await run(["orders.ndjson"], { env: {} });
      const file = join(folder, ".config/event-shield/keys");
      expect(first.stderr).toBe(
        `made new keys in ${file}: keep them, they open what is sealed and recognise what was delivered\n`,
      );
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(await run(["orders.ndjson"], { env: {} })).toMatchObject({ exitCode: 0, stderr: "" });
      expect(report().duplicates).toBe(1);
    });

    it("are refused where others can read them", async () => {
      chmodSync(join(folder, write("keys", KEYS)), 0o640);
      expect(await runWithFile("keys")).toMatchObject({
        exitCode: 2,
        stderr: `error[CONFIG_INVALID]: expected a key file that only its owner can read, got mode 640: chmod 600 ${join(folder, "keys")}\n`,
      });
    });

    it.each([
      { title: "there", file: "out/keys" },
      { title: "below it", file: "out/deep/keys" },
      { title: "behind a link", file: "link/keys" },
    ])("are refused inside the output: $title", async ({ file }) => {
      mkdirSync(out);
      symlinkSync(out, join(folder, "link"));
      const { exitCode, stderr } = await runWithFile(file);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(
        /^error\[CONFIG_INVALID\]: expected the key file outside of out, got .*: name another one with --keys\n$/,
      );
      expect(existsSync(join(out, "keys"))).toBe(false);
    });

    it.each([
      { title: "the file", args: ["--keys", "keys"], env: {}, name: "keys" },
      { title: "the environment", args: [], env: { SHIELD_KEYS: "short" }, name: "SHIELD_KEYS" },
    ])("are refused without a word of them where $title holds none", async ({ args, env, name }) => {
      chmodSync(join(folder, write("keys", "short")), 0o600);
      const { exitCode, stderr } = await run(["orders.ndjson", ...args], { env });
      expect(exitCode).toBe(2);
      expect(stderr).toContain("expected the key as 43 characters of base64url, got 5 characters");
      expect(stderr.trimEnd().endsWith(name)).toBe(true);
      expect(stderr).not.toContain("short");
    });
  });
});

/** Copies the shop's policy with one change. */
function copyOfShop(folder: string, change: (text: string) => string): string {
  const copy = join(folder, "policies");
  cpSync(SHOP, copy, { recursive: true });
  const file = join(copy, "order.proto");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, change(text));
  if (change(text) === text) throw new Error("the change changes nothing");
  return copy;
}
