import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CliWorld, runCli, SHOP } from "#support/cli";

const folder = mkdtempSync(join(tmpdir(), "shield-explain-"));
const explain = (args: readonly string[], world: CliWorld = {}) =>
  runCli(["explain", "--policies", SHOP, ...args], { cwd: folder, ...world });

const ENVELOPE = {
  version: "0",
  id: "1",
  "detail-type": "order.placed",
  source: "com.example.shop",
  time: "2026-11-21T08:00:00Z",
};
const ORDER = {
  ...ENVELOPE,
  detail: {
    number: "n-1",
    email: "jane@example.com",
    address: 12,
    lines: [{ article: "tea" }, { article: "milk" }],
    "jane's wish": "soon",
  },
};
writeFileSync(join(folder, "order.json"), JSON.stringify(ORDER));
writeFileSync(join(folder, "orders.ndjson"), `not json\n\n${JSON.stringify(ORDER)}\n`);
writeFileSync(join(folder, "other.json"), JSON.stringify({ ...ORDER, "detail-type": "order.lost" }));
writeFileSync(join(folder, "unnumbered.json"), JSON.stringify({ ...ENVELOPE, detail: { email: "jane@example.com" } }));

describe("shield explain of an event", () => {
  it("says what each processor gets, and who decides each path, without a value", async () => {
    const { exitCode, stdout, stderr } = await explain(["order.json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toBe(`order.placed of CUSTOM, schema shop.Order

processor   outcome
SHIPPING    delivered without address (number, wrong_type), (undeclared) (string, undeclared)
STATISTICS  delivered without address (number, wrong_type), (undeclared) (string, undeclared)

number  INTERNAL OTHER  (string)
  processors  decision  reveals  why
  SHIPPING    keep      ALL      default for INTERNAL, processors.proto:21
  STATISTICS  keep      ALL      default for INTERNAL, processors.proto:36

email  PII EMAIL  (string)
  processors  decision    reveals           why
  SHIPPING    keep        ALL               default for PII, processors.proto:22
  STATISTICS  mask_email  PRESENCE PARTIAL  default for PII EMAIL, processors.proto:38

address  PII OTHER  (number)
  processors  decision             reveals  why
  SHIPPING    keep                 ALL      default for PII, processors.proto:22
  STATISTICS  truncate(length: 2)  ALL      the field's own transform, order.proto:17

lines[].article  PUBLIC OTHER  (2 values, string)
  processors  decision  reveals  why
  SHIPPING    keep      ALL      default for PUBLIC, processors.proto:20
  STATISTICS  keep      ALL      default for PUBLIC, processors.proto:35

(undeclared)  undeclared  (string)
  kept only by processors that take events whole
`);
  });

  it("shows values, names and outputs with --reveal", async () => {
    const { stdout } = await explain(["order.json", "--reveal", "--processor", "STATISTICS"]);
    expect(stdout).toContain(
      "STATISTICS  delivered without address (number, wrong_type), jane's wish (string, undeclared)\n",
    );
    expect(stdout).toContain('email  PII EMAIL  (string)\n  = "jane@example.com"\n');
    expect(stdout).toContain('lines[].article  PUBLIC OTHER  (2 values, string)\n  = "tea"\n  = "milk"\n');
    expect(stdout).toContain('(undeclared)  undeclared  (string)\n  = "jane\'s wish": "soon"\n');
    expect(stdout).toContain(
      'STATISTICS gets\n  {"number":"n-1","email":"j***@example.com","lines":[{"article":"tea"},{"article":"milk"}],"_shield":{"v":1,"delivery_id":"',
    );
    expect(stdout).not.toContain("SHIPPING");
  });

  it("lets no value move the terminal's cursor", async () => {
    const detail = { number: "\u001b[2J", "\u001b]0;title\u0007": "\u009b1A" };
    const { stdout } = await explain(["-", "--reveal"], { stdin: JSON.stringify({ ...ENVELOPE, detail }) });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(stdout).toContain("\\u009b1A");
  });

  it("takes the line of a file, and standard input", async () => {
    const whole = await explain(["order.json"]);
    expect(await explain(["orders.ndjson:3"])).toEqual(whole);
    expect(await explain(["-"], { stdin: JSON.stringify(ORDER) })).toEqual(whole);
  });

  it("says why an event is rejected", async () => {
    const { stdout } = await explain(["unnumbered.json"]);
    expect(stdout).toContain("SHIPPING    rejected: REQUIRED_FIELD at number\nSTATISTICS  delivered\n");
  });

  it("says why nobody gets an event", async () => {
    expect((await explain(["other.json"])).stdout).toBe(`order.lost of CUSTOM, no schema describes it

processor   outcome
SHIPPING    skipped: no_schema
STATISTICS  skipped: no_schema
`);
  });

  it("tells programs the same", async () => {
    const { stdout } = await explain(["order.json", "--json"]);
    expect(stdout).not.toMatch(/jane|tea/);
    const { event, processors, fields } = JSON.parse(stdout);
    expect(event).toEqual({ feed: "CUSTOM", type: "order.placed", schema: "shop.Order" });
    expect(processors.SHIPPING).toEqual({
      outcome: "delivered",
      dropped: [
        { path: "address", type: "number", reason: "wrong_type", count: 1, class: "PII" },
        { path: "(undeclared)", type: "string", reason: "undeclared", count: 1 },
      ],
    });
    expect(fields).toHaveLength(5);
    expect(fields[1]).toMatchObject({
      path: "email",
      count: 1,
      types: ["string"],
      classification: "PII",
      kind: "EMAIL",
    });
    expect(fields[1].cells.STATISTICS.transforms).toEqual([{ op: "mask_email" }]);
    expect(JSON.parse((await explain(["order.json", "--json", "--reveal"])).stdout).fields[1].values).toEqual([
      '"jane@example.com"',
    ]);
  });

  it.each([
    { args: ["order.json", "--field", "email"], want: "expected an event or --field <path>, one of the two" },
    { args: [], want: "expected an event or --field <path>, one of the two" },
    { args: ["missing.json"], want: "expected a file or folder, got nothing at missing.json" },
    { args: ["orders.ndjson"], want: "expected one event, got 2 in orders.ndjson: name one by its line" },
    { args: ["orders.ndjson:2"], want: "expected one event, got 0 in orders.ndjson:2" },
    { args: ["orders.ndjson:1"], want: "expected an event, got INVALID_JSON in orders.ndjson:1" },
    { args: ["order.json", "--processor", "SHIPPNG"], want: "got SHIPPNG: did you mean SHIPPING?" },
  ])("refuses $args", async ({ args, want }) => {
    const { exitCode, stdout, stderr } = await explain(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(want);
  });
});

describe("shield explain --field", () => {
  it("tells of every schema with the path, those that decide alike together", async () => {
    const { exitCode, stdout } = await explain(["--field", "lines[].article"]);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`lines[].article  PUBLIC OTHER
  in shop.Order
  processors  decision  reveals  why
  SHIPPING    keep      ALL      default for PUBLIC, processors.proto:20
  STATISTICS  keep      ALL      default for PUBLIC, processors.proto:35
`);
  });

  it("takes the end of a path, and says where nobody takes it", async () => {
    const { stdout } = await explain(["--field", "object.email"]);
    expect(stdout).toContain("data.object.email  PII EMAIL about TARGET\n  in auth0.events.v1.UserCreated, ");
    expect(stdout).toContain("\n  no processor takes it\n");
  });

  it("suggests the path that was meant", async () => {
    expect(await explain(["--field", "lines.article"])).toMatchObject({
      exitCode: 2,
      stderr: "error[CONFIG_INVALID]: expected the path of a field, got lines.article: did you mean lines[].article?\n",
    });
  });

  it("gives programs the rows", async () => {
    const rows = JSON.parse((await explain(["--field", "email", "--json"])).stdout);
    expect(rows.map(({ schema }: { schema: string }) => schema)).toContain("shop.Order");
  });
});
