import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, SHOP } from "#support/cli";

const check = (...args: string[]) => runCli(["check", "--policies", SHOP, ...args]);

/** Copies the shop's policy with one change. */
function shopWith(file: string, change: (text: string) => string): string {
  const copy = mkdtempSync(join(tmpdir(), "shield-shop-"));
  cpSync(SHOP, copy, { recursive: true });
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), "utf8")));
  return copy;
}

describe("shield check", () => {
  it("says what holds", async () => {
    const { exitCode, stdout, stderr } = await check();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(
      /^policy [0-9a-f]{12} holds for Space local: \d+ fields of \d+ schemas, each decided for 2 processors\n$/,
    );
  });

  it("says it to programs", async () => {
    expect(JSON.parse((await check("--json")).stdout)).toEqual({
      ok: true,
      policy: expect.stringMatching(/^[0-9a-f]{64}$/),
      space: "local",
      processors: 2,
      schemas: expect.any(Number),
      fields: expect.any(Number),
    });
  });

  describe("of a policy that breaks its rules", () => {
    const broken = () =>
      shopWith("order.proto", (text) => text.replace("classification: PII, kind: EMAIL", "kind: EMAIL"));
    const message = "error[POLICY_UNCLASSIFIED]: ";

    it("names each breach and fails", async () => {
      const { exitCode, stdout, stderr } = await runCli(["check", "--policies", broken()]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr).toMatch(/^order\.proto:14:\d+: error\[POLICY_UNCLASSIFIED\]: expected /);
      expect(stderr).toMatch(/\n\n1 breach of the policy's rules\n$/);
    });

    it("shows the place on a terminal", async () => {
      const { stderr } = await runCli(["check", "--policies", broken()], { terminal: true, env: { NO_COLOR: "1" } });
      expect(stderr).toContain(message);
      expect(stderr).toContain(
        "\n  14 |   string email = 2 [(auth0.proto.options.fields.v1.classification) = { kind: EMAIL }];\n     | ",
      );
    });

    it("tells programs where and what", async () => {
      const { exitCode, stdout, stderr } = await runCli(["check", "--policies", broken(), "--json"]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
      expect(JSON.parse(stdout)).toMatchObject({
        ok: false,
        diagnostics: [{ code: "POLICY_UNCLASSIFIED", file: "order.proto", line: 14 }],
      });
    });

    it("tells of files that are no protobuf", async () => {
      const policies = shopWith("order.proto", (text) => text.replace("message Order {", "message Order"));
      const { exitCode, stderr } = await runCli(["check", "--policies", policies]);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/^order\.proto:9:\d+: error\[POLICY_SYNTAX\]: /);
    });
  });

  it("compiles for the Space that is named", async () => {
    const policies = shopWith("order.proto", (text) => text);
    mkdirSync(join(policies, "deployments"));
    cpSync(new URL("../../../policies/deployments", import.meta.url).pathname, join(policies, "deployments"), {
      recursive: true,
    });
    const named = await runCli(["check", "--policies", policies, "--space", "example-eu"]);
    expect(named.stdout).toContain("holds for Space example-eu");
    expect(await runCli(["check", "--policies", policies, "--space", "exmple-eu"])).toMatchObject({
      exitCode: 2,
      stderr:
        "error[CONFIG_INVALID]: expected the name of a Space, one of example-eu, got exmple-eu: did you mean example-eu?\n",
    });
  });

  it("fails where there is no policy", async () => {
    const { exitCode, stderr } = await runCli(["check", "--policies", "missing"], { cwd: "/" });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: "error[CONFIG_INVALID]: expected a policies directory at /missing, got nothing there\n",
    });
  });

  describe("--matrix", () => {
    it("shows the defaults, and who decided otherwise", async () => {
      expect((await check("--matrix")).stdout).toBe(
        `defaults
class and kind     SHIPPING  STATISTICS
PUBLIC OTHER       keep      keep
INTERNAL OTHER     keep      keep
PII EMAIL          keep      mask_email
PII OTHER          keep      -
SECRET CREDENTIAL  drop      drop

shop.Order
path     is         processors  decision             why
address  PII OTHER  STATISTICS  truncate(length: 2)  the field's own transform, order.proto:17
`,
      );
    });

    it("shows every cell with --all, and which schemas nobody takes", async () => {
      const { stdout } = await check("--matrix", "--all");
      const [order, transport, idle] = stdout.split("\n\n");
      expect(order).toBe(`shop.Order
path             is                      SHIPPING  STATISTICS
address          PII OTHER               keep      truncate(length: 2)
email            PII EMAIL               keep      mask_email
lines[].article  PUBLIC OTHER            keep      keep
notes            CUSTOMER_CONTENT OTHER  drop      drop
number           INTERNAL OTHER          keep      keep`);
      expect(transport).toMatch(/^transport\npath +is +SHIPPING +STATISTICS\n/);
      expect(idle).toMatch(/^taken by no processor: auth0\.events\.v1\./);
    });

    it("gives programs every cell with its reveals and origin", async () => {
      const matrix = JSON.parse((await check("--matrix", "--json")).stdout) as { path: string; schema: string }[];
      expect(matrix.find(({ schema, path }) => schema === "shop.Order" && path === "address")).toEqual({
        schema: "shop.Order",
        path: "address",
        channel: "payload",
        classification: "PII",
        kind: "OTHER",
        cells: {
          SHIPPING: {
            transforms: [],
            reveals: ["ALL"],
            origin: { rule: "class_default", how: "default for PII", file: "processors.proto", line: 22, column: 5 },
          },
          STATISTICS: {
            transforms: [{ op: "truncate", length: 2 }],
            reveals: ["ALL"],
            origin: {
              rule: "field",
              how: "the field's own transform",
              file: "order.proto",
              line: 17,
              column: expect.any(Number),
            },
          },
        },
      });
    });
  });
});
