import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FieldProposal } from "#drift";
import { shippedPoliciesDir } from "#policy";
import { KEYS, runCli } from "#support/cli";
import { paste } from "../../drift/paste.ts";

const PEOPLE = ["ann", "bob", "cem", "dee", "eli"];

function user(name: string, object: object, type = "user.updated"): object {
  const time = "2026-03-14T09:00:00.000Z";
  const data = { object: { user_id: `auth0|${name}`, email: `${name}@example.com`, ...object } };
  return {
    specversion: "1.0",
    id: `evt_${name}_${type}`,
    type,
    source: "urn:auth0:acme",
    time,
    a0tenant: "acme",
    data,
  };
}

function log(name: string, data: object): object {
  const log_id = `9002026031409000000000000000000000000000000000000000${name}`;
  return { log_id, data: { log_id, date: "2026-03-15T09:00:00.000Z", user_id: name, tenant_name: "acme", ...data } };
}

const DECLARED = PEOPLE.map((name) => user(name, { user_metadata: { [name]: { "\u001b[2J": 1 } } }));
const UNDECLARED = [
  ...PEOPLE.map((name) => user(name, { passkeys: [{ id: name }], phone_number: 4915 })),
  user("ann", { passkeys: [], loyalty_id: 7, "ann@example.com": { "bob@example.com": 1 } }, "user.created"),
  user("bob", { "\u001b[31mred\u202e": "x" }, "user.deleted"),
  ...PEOPLE.map((name) => log(name, { type: "new_code", details: { note: name } })),
  log("fay", { type: "for_fay@example.com" }),
];

describe("shield drift", () => {
  const folder = mkdtempSync(join(tmpdir(), "shield-drift-"));
  const world = { cwd: folder, home: folder, env: { SHIELD_KEYS: KEYS } };
  const shield = (...argv: readonly string[]) => runCli(argv, world);

  beforeAll(async () => {
    cpSync(shippedPoliciesDir(), join(folder, "policies"), { recursive: true });
    for (const [name, events] of Object.entries({ declared: DECLARED, undeclared: UNDECLARED })) {
      writeFileSync(join(folder, `${name}.ndjson`), events.map((event) => `${JSON.stringify(event)}\n`).join(""));
      await shield("run", `${name}.ndjson`, "--out", name);
    }
    await shield("run", "undeclared.ndjson", "--out", "parts", "--processor", "WAREHOUSE");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("finds none where schemas declare everything, whatever stands in open values", async () => {
    expect(await shield("drift", "declared")).toEqual({
      exitCode: 0,
      stdout: "no drift: schemas declare all of 5 events\n",
      stderr: "",
    });
  });

  it("lists places, types and days; names of data and of few people by their digests", async () => {
    expect(await shield("drift", "undeclared/report.json")).toEqual({
      exitCode: 1,
      stderr: "",
      stdout: `event types that no schema names
feed        event      seen  first       last
AUTH0_LOGS  ?2ab9cd17     1  2026-03-15  2026-03-15
AUTH0_LOGS  new_code      5  2026-03-15  2026-03-15

values that no schema declares
feed          path                      type    what        seen  first       last        in
AUTH0_EVENTS  data.object.?078ef774     string  new field      1  2026-03-14  2026-03-14  user.deleted
AUTH0_EVENTS  data.object.?38699b0f     number  new field      1  2026-03-14  2026-03-14  user.created
AUTH0_EVENTS  data.object.?e4c8f3b3     object  new field      1  2026-03-14  2026-03-14  user.created
AUTH0_EVENTS  data.object.passkeys      array   new field      6  2026-03-14  2026-03-14  user.created, user.updated
AUTH0_EVENTS  data.object.phone_number  number  other type     5  2026-03-14  2026-03-14  user.updated

found in 13 events
4 names are hidden, being data or seen with fewer than five people: --reveal EVENTS shows them where the events are
`,
    });
  });

  it("lists what processors read where none keeps events whole", async () => {
    const { exitCode, stdout } = await shield("drift", "parts");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/AUTH0_LOGS +details +object +new field +5 .* new_code/);
    expect(stdout).toMatch(/AUTH0_EVENTS +data\.object\.passkeys +array +new field +6 /);
  });

  it("says the same to programs", async () => {
    const { exitCode, stdout } = await shield("drift", "undeclared", "--json");
    expect(exitCode).toBe(1);
    const found = JSON.parse(stdout);
    const days = { firstSeen: "2026-03-14", lastSeen: "2026-03-14" };
    expect(found).toMatchObject({ drift: true, events: 13, others: 0 });
    expect(found.types[1]).toEqual({
      feed: "AUTH0_LOGS",
      event: "new_code",
      count: 5,
      firstSeen: "2026-03-15",
      lastSeen: "2026-03-15",
      isHidden: false,
    });
    expect(found.fields[3]).toEqual({
      feed: "AUTH0_EVENTS",
      events: ["user.created", "user.updated"],
      path: { at: "data.object", undeclared: "passkeys" },
      reason: "undeclared",
      type: "array",
      count: 6,
      isHidden: false,
      ...days,
    });
  });

  it("holds no data in report and list: no value, no name inside an open or an undeclared value", async () => {
    const report = readFileSync(join(folder, "undeclared", "report.json"), "utf8");
    const { stdout } = await shield("drift", "undeclared", "--json");
    for (const text of [report, stdout]) {
      expect(text).not.toMatch(/example|\bann\b|\bbob\b|\bfay\b|loyalty|31m|4915|auth0\|/);
    }
    expect(readFileSync(join(folder, "declared", "report.json"), "utf8")).not.toMatch(/\bann\b|2J/);
  });

  it("reveals names where the events are, and lets no control character through to the terminal", async () => {
    const { stdout } = await shield("drift", "undeclared", "--reveal", "undeclared.ndjson");
    expect(stdout).toContain("AUTH0_LOGS  for_fay@example.com     1 ");
    expect(stdout).toContain("data.object.ann@example.com ");
    expect(stdout).toContain("data.object.loyalty_id ");
    expect(stdout).toContain("data.object.\\u001b[31mred\\u202e ");
    expect(stdout).not.toMatch(/[^\n -~]/);
    expect(stdout).not.toContain("hidden");
    const json = await shield("drift", "undeclared", "--reveal", "undeclared.ndjson", "--json");
    expect(json.stdout).not.toMatch(/[^\n -~]/);
    const names = JSON.parse(json.stdout).fields.map(({ path }: { path: { undeclared?: string } }) => path.undeclared);
    expect(names).toContain("\u001b[31mred\u202e");
  });

  it("reveals nothing by other events or under other keys", async () => {
    const others = await shield("drift", "undeclared", "--reveal", "declared.ndjson");
    expect(others.stdout).toContain("4 names are hidden");
    const argv = ["drift", "undeclared", "--reveal", "undeclared.ndjson"];
    const env = { SHIELD_KEYS: Buffer.from("other keys of tests, 32 bytes, !").toString("base64url") };
    expect((await runCli(argv, { ...world, env })).stdout).toContain("4 names are hidden");
  });

  describe("of events at hand", () => {
    const NAMELESS = [
      ...Array.from({ length: 5 }, (_, id) => ({ id: `m${id}`, type: "dr.mary.jones" })),
      ...Array.from({ length: 5 }, (_, id) => ({ id: `n${id}`, type: "limit_wc", mary_jones: 1 })),
    ].map(({ id, ...data }) => ({
      log_id: id,
      data: { log_id: id, date: "2026-09-01T00:00:00Z", tenant_name: "t", ...data },
    }));
    const NAMELESS_LINES = NAMELESS.map((event) => `${JSON.stringify(event)}\n`).join("");

    it("shows every name, of events about nobody too, and makes no keys", async () => {
      writeFileSync(join(folder, "nameless.ndjson"), NAMELESS_LINES);
      const { exitCode, stdout, stderr } = await runCli(["drift", "nameless.ndjson", "undeclared.ndjson"], {
        cwd: folder,
        home: folder,
      });
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
      for (const name of ["dr.mary.jones ", " mary_jones ", "for_fay@example.com ", "data.object.loyalty_id "]) {
        expect(stdout).toContain(name);
      }
      expect(stdout).not.toContain("hidden");
      expect(stdout).toContain("found in 23 events");
    });

    it("names records that are no events, and reads standard input", async () => {
      const { exitCode, stderr, stdout } = await runCli(["drift", "-"], {
        ...world,
        stdin: `${NAMELESS_LINES}{"cut":\n`,
      });
      expect(exitCode).toBe(1);
      expect(stderr).toContain("-:11: warning[INVALID_JSON]");
      expect(stdout).toContain("found in 10 events");
    });

    it("is kept out of the report of a run: a name that nobody's events have stays hidden", async () => {
      writeFileSync(join(folder, "nameless.ndjson"), NAMELESS_LINES);
      await shield("run", "nameless.ndjson", "--out", "nameless");
      expect(readFileSync(join(folder, "nameless", "report.json"), "utf8")).not.toMatch(/mary|jones/);
    });
  });

  it("proposes what to write where", async () => {
    const { exitCode, stdout } = await shield("drift", "undeclared", "--propose", "--policies", "policies");
    expect(exitCode).toBe(1);
    const withoutNumbers = stdout.replace(/proto:\d+/, "proto:LINE").replace(/ = \d+ \[/, " = NUMBER [");
    expect(withoutNumbers).toBe(`// auth0/events/v1/user.proto:LINE, message auth0.events.v1.User

  // data.object.passkeys (array). Request and response bodies, query strings, metadata and maps hold whatever the tenant or its users put there.
  // Seen in user.created, user.updated since 2026-03-14.
  google.protobuf.ListValue passkeys = NUMBER [(auth0.proto.options.fields.v1.classification) = { classification: CUSTOMER_CONTENT, kind: OPEN_OBJECT }];

  // data.object.phone_number (number). Seen in user.updated since 2026-03-14; shield check names the cells that it does not fit.
  // To the options of phone_number:
  (auth0.proto.options.fields.v1.also_accept) = NUMBER

// Nothing to write here: the name is hidden (--reveal EVENTS shows it where the events are)
//   data.object.?078ef774 (string)
//   data.object.?38699b0f (number)
//   data.object.?e4c8f3b3 (object)

// Nothing to write here: the name of the event type is hidden
//   events ?2ab9cd17 of AUTH0_LOGS

// Nothing to write here: take over what Auth0 has published (shield auth0 update), or declare a message with match { feed: AUTH0_LOGS, … }
//   events new_code of AUTH0_LOGS
`);
  });

  it("proposes what compiles, and is drift no more once it is pasted", async () => {
    const { stdout } = await shield("drift", "undeclared", "--propose", "--policies", "policies", "--json");
    const { proposals } = JSON.parse(stdout) as { proposals: readonly FieldProposal[] };
    const isType = ({ field }: FieldProposal) => field !== undefined;
    paste(
      join(folder, "policies"),
      proposals.filter((proposal) => "text" in proposal && !isType(proposal)),
    );
    const rest = await shield("run", "undeclared.ndjson", "--out", "again", "--policies", "policies");
    expect(rest.stderr).not.toContain("error");
    const { stdout: list } = await shield("drift", "again");
    expect(list).not.toContain("passkeys");
    expect(list).toContain("phone_number");
  });

  it("tells of generated files, and of files that are the package's", async () => {
    const events = PEOPLE.map((name) => log(name, { type: "s", details: { contact_email: name } }));
    writeFileSync(join(folder, "logs.ndjson"), events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    cpSync(shippedPoliciesDir(), join(folder, "own"), { recursive: true, filter: (path) => !/auth0$/.test(path) });
    await shield("run", "logs.ndjson", "--out", "logs", "--policies", "own");
    const { stdout } = await shield("drift", "logs", "--propose", "--policies", "own");
    expect(stdout).toMatch(/^\/\/ auth0\/logs\/v1\/login\.proto:\d+, message auth0\.logs\.v1\.Login\.Details\n/);
    expect(stdout).toContain(`
// The file is the package's: copy its folder policies/auth0 into yours first.
// The file is generated: list new fields in lib/auth0/pack/corrections.ts too, or they go again.

  // details.contact_email (string). What its name and JSON type suggest.
`);
  });

  it.each([
    ["a file that is not there", ["nothing.json"], "error[CONFIG_INVALID]: expected a file or folder, got nothing"],
    [
      "--reveal without a report",
      ["declared.ndjson", "--reveal", "declared.ndjson"],
      "error[CONFIG_INVALID]: expected a report before --reveal, got events",
    ],
    ["no operand", [], "error[CONFIG_INVALID]: missing required argument 'events or report'"],
    ["events that are not there", ["undeclared", "--reveal", "nothing"], "error[CONFIG_INVALID]: expected"],
  ])("refuses %s", async (_, argv, message) => {
    const { exitCode, stdout, stderr } = await shield("drift", ...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});
