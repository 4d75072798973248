import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPack } from "#auth0";
import { shippedPoliciesDir } from "#policy";
import { runCli } from "#support/cli";
import { buildFolder, compile } from "#support/descriptors";

const shield = (...argv: readonly string[]) => runCli(["auth0", ...argv]);

describe("shield auth0", () => {
  it("shows its commands where none is named", async () => {
    const { exitCode, stdout, stderr } = await shield();
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toBe((await shield("--help")).stdout);
    expect(stderr).toMatch(/^ {2}update {2,}compare .*\n {2}sample /m);
  });

  it.each(["update", "sample"])("explains %s with examples", async (name) => {
    const { exitCode, stdout } = await shield(name, "--help");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Usage: shield auth0 ${name} [options]`);
    expect(stdout).toContain(`Examples:\n  # `);
    expect((await shield("help", name)).stdout).toBe(stdout);
  });

  it.each([
    [["updaet"], "unknown command 'updaet' (Did you mean update?)"],
    [["update", "extra"], "too many arguments for 'update'. Expected 0 arguments but got 1."],
    [["sample", "--sed", "1"], "unknown option '--sed' (Did you mean --seed?)"],
  ])("refuses %j", async (argv, message) => {
    const { exitCode, stderr } = await shield(...argv);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error[CONFIG_INVALID]: ${message}; shield --help lists commands and options\n`);
  });
});

describe("shield auth0 update", () => {
  const folder = mkdtempSync(join(tmpdir(), "shield-update-"));
  const official = join(folder, "official");
  const newer = join(folder, "newer");
  const policies = join(folder, "policies");
  beforeAll(() => {
    cpSync(shippedPoliciesDir(), policies, { recursive: true });
    writeOfficial(official);
    cpSync(official, newer, { recursive: true });
    change(newer);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("finds no drift between the pack and the schemas it was made of", async () => {
    const fine = { exitCode: 0, stdout: "no drift: the pack matches the official schemas\n", stderr: "" };
    expect(await shield("update", "--from", official)).toEqual(fine);
    expect(await shield("update", "--from", official, "--write", "--policies", policies)).toEqual(fine);
    expect(await shield("update")).toEqual(fine);
  });

  it("names exactly what is new, gone and changed, and fails", async () => {
    expect(await shield("update", "--from", newer)).toEqual({
      exitCode: 1,
      stderr: "",
      stdout: `new log types
  new_one
    new, dropped until classified: details.owner_email (string), proposed PII, EMAIL, about TARGET
  new_three
  new_two

new fields of log types, dropped until classified
  details.contact_phone (string), proposed PII, PHONE, about TARGET, in s
  details.extra (object), proposed CUSTOMER_CONTENT, OPEN_OBJECT, in fu
  details.retries (number), proposed INTERNAL, COUNT, in s
  note\\u001b[2J (string), proposed PII, FREE_TEXT, about TARGET, in fp

fields of log types that are gone, still declared for events sent before
  details.return_to (string), in slo

changed fields of log types
  details.tokenCounter, in ferrt: was number, now string, which is dropped until reviewed

7 differences wait for a review in schemas/review.json
5 files would change; run again with --write to take this over
`,
    });
  });

  it("says the same to programs", async () => {
    const { exitCode, stdout } = await shield("update", "--from", newer, "--json");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^[ -~]*\n$/);
    const found = JSON.parse(stdout);
    expect(found.drift).toBe(true);
    expect(found.feeds[0].newFields).toHaveLength(4);
    expect(found.feeds[0].goneFields).toMatchObject([{ path: "details.return_to", types: ["slo"] }]);
    expect(found.feeds[0].changedFields).toMatchObject([
      { path: "details.tokenCounter", was: "number", now: "string" },
    ]);
  });

  it("writes nothing unless it is told to, and everything when it is", async () => {
    const before = textsOf(join(policies, "auth0"));
    await shield("update", "--from", newer, "--policies", policies);
    expect(textsOf(join(policies, "auth0"))).toEqual(before);
    const written = await shield("update", "--from", newer, "--policies", policies, "--write");
    expect(written.exitCode).toBe(0);
    expect(written.stdout).toContain("\nwrote schemas/review.json\n");
    const after = textsOf(join(policies, "auth0"));
    expect(after).not.toEqual(before);
    expect((await shield("update", "--from", newer, "--policies", policies)).exitCode).toBe(0);
    expect(textsOf(join(policies, "auth0"))).toEqual(after);
  });

  it("leaves a policy that compiles, with the new types, and drops every new field everywhere", async () => {
    const { matrix, plans } = compile(await buildFolder(policies));
    const named = plans.flatMap(({ routes }) => routes.flatMap(({ match }) => match.types));
    for (const type of ["new_one", "new_two", "new_three"]) expect(named).toContain(type);
    const added = /contact_phone|retries|details\.extra|owner_email|note/;
    expect(matrix.filter(({ schema, path }) => schema.startsWith("auth0.logs.") && added.test(path))).toEqual([]);
    expect(matrix.filter(({ path }) => path === "details.return_to")).not.toEqual([]);
  });

  it.each([
    ["a folder that is not there", ["--from", "nowhere"], "expected a folder with Auth0's schemas"],
    ["a folder without schemas", ["--from", "test/support"], "expected Auth0's schemas in"],
    ["policies without a pack", ["--policies", "test/fixtures/policies/shop"], "expected the Auth0 pack in"],
  ])("refuses %s", async (_, argv, message) => {
    const { exitCode, stdout, stderr } = await shield("update", ...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(`error[CONFIG_INVALID]: ${message}`);
  });
});

type Json = Record<string, unknown>;

/** Writes the schemas of the shipped pack as Auth0 publishes them. */
function writeOfficial(folder: string): void {
  const { logs, events } = readPack(join(shippedPoliciesDir(), "auth0")).schemas;
  mkdirSync(folder);
  for (const [type, schema] of logs) writeFileSync(join(folder, `${type}.json`), JSON.stringify(schema));
  const catalogue = { components: { schemas: Object.fromEntries(events) } };
  writeFileSync(join(folder, "events.catalogue.json"), JSON.stringify(catalogue));
}

/** Three new types, five new fields, one that is gone and one of another type. */
function change(folder: string): void {
  edit(folder, { from: "depnote", to: "new_one" }, { "details.owner_email": "string" });
  edit(folder, { from: "api_limit", to: "new_two" }, {});
  edit(folder, { from: "s", to: "new_three" }, {});
  edit(folder, { from: "s" }, { "details.contact_phone": "string", "details.retries": "number" });
  edit(folder, { from: "fu" }, { "details.extra": "object" });
  edit(folder, { from: "fp" }, { "note\u001b[2J": "string" });
  edit(folder, { from: "slo" }, { "details.return_to": undefined });
  edit(folder, { from: "ferrt" }, { "details.tokenCounter": "string" });
}

function edit(
  folder: string,
  { from, to = from }: { readonly from: string; readonly to?: string },
  fields: Readonly<Record<string, string | undefined>>,
): void {
  const schema = JSON.parse(readFileSync(join(folder, `${from}.json`), "utf8")) as Json;
  propertiesOf(schema)["type"] = { type: "string", const: to };
  for (const [path, type] of Object.entries(fields)) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    const parent = names.reduce((inner, name) => propertiesOf(inner)[name] as Json, schema);
    if (type === undefined) delete propertiesOf(parent)[last];
    else propertiesOf(parent)[last] = { type };
  }
  writeFileSync(join(folder, `${to}.json`), JSON.stringify(schema));
}

function propertiesOf(schema: Json): Json {
  schema["properties"] ??= {};
  return schema["properties"] as Json;
}

function textsOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, "utf8")]));
}

describe("shield auth0 sample", () => {
  const linesOf = async (...argv: readonly string[]) => {
    const { exitCode, stdout, stderr } = await shield("sample", ...argv);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    return stdout.split("\n").slice(0, -1);
  };
  const typeOf = (line: string): string => {
    const { type, data, detail } = JSON.parse(line);
    return detail?.data?.type ?? detail?.type ?? type ?? data.type;
  };

  it("writes one event of each type where nothing more is said", async () => {
    const lines = await linesOf();
    expect(new Set(lines.map(typeOf)).size).toBe(lines.length);
    expect(lines.length).toBeGreaterThan(190);
  });

  it("writes the types that are named, in turn", async () => {
    expect((await linesOf("--type", "s", "user.created", "--count", "3")).map(typeOf)).toEqual([
      "s",
      "user.created",
      "s",
    ]);
  });

  it("writes the same for the same seed, and something else for another", async () => {
    const first = await linesOf("--count", "20", "--seed", "5");
    expect(await linesOf("--count", "20", "--seed", "5")).toEqual(first);
    expect(await linesOf("--count", "20", "--seed", "6")).not.toEqual(first);
  });

  it.each([
    ["eventbridge", "detail-type"],
    ["webhook", "log_id"],
    ["logs", "_id"],
  ])("writes events as %s brings them", async (feed, key) => {
    const [line = ""] = await linesOf("--type", "s", "--feed", feed);
    expect(JSON.parse(line)).toHaveProperty(key);
  });

  it("repeats and mixes events on request", async () => {
    const idsOf = async (...argv: readonly string[]) =>
      (await linesOf("--type", "s", "--count", "300", ...argv)).map((line) => JSON.parse(line).log_id as string);
    const plain = await idsOf();
    expect(plain).toEqual([...new Set(plain)].sort());
    expect((await idsOf("--duplicates")).length).toBeGreaterThan(310);
    expect((await idsOf("--duplicates", "1")).length).toBe(600);
    const mixed = await idsOf("--disorder", "5");
    expect(mixed).not.toEqual([...mixed].sort());
    expect(await idsOf("--disorder")).not.toEqual(mixed);
  });

  it("draws no progress between the events on a terminal", async () => {
    const argv = ["auth0", "sample", "--type", "slo", "--count", "2500"];
    const { stdout, stderr } = await runCli(argv, { terminal: true });
    expect({ lines: stdout.split("\n").length - 1, stderr }).toEqual({ lines: 2500, stderr: "" });
  });

  it("stops when it is told to", async () => {
    const stopped = AbortSignal.abort();
    const { exitCode, stdout } = await runCli(["auth0", "sample", "--count", "5000"], { interrupt: stopped });
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
  });

  it.each([
    [["--type", "user.creatd"], 'an event type after --type, got "user.creatd": did you mean user.created?'],
    [
      ["--type", "user.created", "--feed", "logs"],
      'an event type after --type, got "user.created": no type of this feed',
    ],
    [["--feed", "kafka"], 'eventbridge, webhook, logs after --feed, got "kafka"'],
    [["--count", "many"], 'a whole number after --count, got "many"'],
    [["--seed", "-1"], 'a whole number after --seed, got "-1"'],
    [["--duplicates", "2"], 'a number from 0 to 1 after --duplicates, got "2"'],
    [["--disorder", "1.5"], 'a whole number after --disorder, got "1.5"'],
  ])("refuses %j", async (argv, message) => {
    const { exitCode, stdout, stderr } = await shield("sample", ...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(`error[CONFIG_INVALID]: expected ${message}`);
  });
});
