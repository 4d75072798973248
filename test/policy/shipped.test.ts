import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cell, type Plan, readPlan, type Shape } from "#plan";
import { LOCAL_SPACE, type Policy, shippedPoliciesDir, TRANSPORT } from "#policy";
import { buildFolder, buildShipped, compile, compileShipped } from "#support/descriptors";
import { createTransformContext } from "#support/transform-context";
import { prepareChain } from "#transforms";

describe("the shipped policy", () => {
  let policy: Policy;
  beforeAll(async () => {
    policy = await compileShipped();
  });

  const planOf = (name: string): Plan => policy.plans.find(({ processor }) => processor === name) as Plan;

  it("has a plan for each of its processors", () => {
    expect(policy.processors).toEqual([
      "ARCHIVE",
      "OPENSEARCH",
      "USER_SEARCH",
      "FRAUD_DETECTION",
      "EU_DATA_LAKE",
      "WAREHOUSE",
    ]);
    expect(policy.plans.map(({ processor }) => processor)).toEqual(policy.processors);
  });

  it("decides every path for every processor", () => {
    const holes = policy.matrix.filter(({ cells }) => Object.keys(cells).join() !== policy.processors.join());
    expect(holes).toEqual([]);
  });

  it("says for every cell where it was decided", () => {
    const origins = policy.matrix.flatMap(({ cells }) => Object.values(cells).map(({ origin }) => origin));
    expect(origins.filter(({ file, line, column, how }) => !file || line < 1 || column < 1 || !how)).toEqual([]);
  });

  it("drops every SECRET, the archive's included", () => {
    const secrets = policy.matrix.filter(({ classification }) => classification === "SECRET");
    const cells = secrets.flatMap((row) => Object.values(row.cells));
    expect(cells.filter(({ transforms }) => transforms.at(-1)?.op !== "drop")).toEqual([]);
  });

  it("survives JSON", () => {
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
    for (const plan of policy.plans) expect(readPlan(JSON.stringify(plan))).toEqual(plan);
  });

  it("lets go of personal values once the person is fenced", () => {
    const cells = policy.plans.flatMap(({ shapes }) => shapes.flatMap(cellsOf));
    const kept = cells
      .filter(({ onFence, ops }) => onFence === "keep" && ops[0]?.op !== "drop")
      .map((cell) => cell.class);
    expect(new Set(kept)).toEqual(new Set(["PUBLIC", "INTERNAL", "CONFIDENTIAL", "IDENTIFIER"]));
  });

  it("has transport data among its rows", () => {
    const rows = policy.matrix.filter(({ schema }) => schema === TRANSPORT);
    expect(rows.map(({ path, classification, kind }) => `${path} ${classification} ${kind}`)).toEqual(
      expect.arrayContaining([
        "document_id IDENTIFIER SUBJECT_ID",
        "dedup_id IDENTIFIER EVENT_ID",
        "group_id IDENTIFIER SUBJECT_ID",
        "object_key INTERNAL TIMESTAMP",
        "index INTERNAL TIMESTAMP",
        "envelope.policy_hash INTERNAL CODE",
        "envelope.type INTERNAL CODE",
        "attribute.schema INTERNAL CODE",
        "request.queue INTERNAL CODE",
      ]),
    );
  });

  describe("the company example", () => {
    it("keeps the lines of the design unchanged", () => {
      const text = readFileSync(join(shippedPoliciesDir(), "examples/company/company.proto"), "utf8");
      expect(text).toContain(`  string name = 1;  string address = 2;
  string ein = 3 [
    json_name = "ein",
    (auth0.proto.options.fields.v1.classification) = { classification: PII, },
    (auth0.proto.options.fields.v1.transform) = {
      processor: { name: OPENSEARCH, transforms: [ { mask: { length: 4, character: "*", reverse: true } } ] }
      processor: { name: FRAUD_DETECTION, transforms: [] }
      processor: { name: EU_DATA_LAKE, transforms: [ { drop: { } } ] }
    }
  ];
  string url = 4;
}`);
    });

    it.each([
      ["OPENSEARCH", "the last four masked", "12-345****"],
      ["FRAUD_DETECTION", "plain", "12-3456789"],
      ["EU_DATA_LAKE", "absent", undefined],
    ])("gives %s the number %s", (processor, _how, expected) => {
      const { routes, shapes } = planOf(processor);
      const route = routes.find(({ schema }) => schema === "examples.company.Company");
      expect(route).toMatchObject({
        feed: "CUSTOM",
        match: { types: ["company.changed"], source: "com.example.crm", detailType: "company.changed" },
        subscribed: true,
      });
      const ein = shapes[route?.root ?? -1]?.fields.find(({ name }) => name === "ein");
      const ops = ein?.node.node === "leaf" ? ein.node.cell.ops : undefined;
      const treat = prepareChain(ops ?? []);
      const left = treat({ kind: "string", text: "12-3456789" }, createTransformContext());
      expect(left?.kind === "string" ? left.text : undefined).toBe(expected);
    });
  });

  describe("its hash", () => {
    const copy = mkdtempSync(join(tmpdir(), "shield-copy-"));
    afterAll(() => rmSync(copy, { recursive: true }));

    it("is the same wherever the files are, and wherever in a file a decision stands", async () => {
      cpSync(shippedPoliciesDir(), copy, { recursive: true });
      const elsewhere = compile(await buildFolder(copy));
      expect(elsewhere).toEqual(policy);
      const file = join(copy, "processors.proto");
      writeFileSync(file, readFileSync(file, "utf8").replace("enum Processor", "\n\n// Moved.\nenum Processor"));
      const moved = compile(await buildFolder(copy));
      expect(moved.hash).toBe(policy.hash);
      expect(moved.plans).toEqual(policy.plans);
      expect(moved.matrix).not.toEqual(policy.matrix);
    });

    it("is another one for another Space", async () => {
      const other = compile(await buildShipped(), { ...LOCAL_SPACE, name: "other" });
      expect(other.hash).not.toBe(policy.hash);
      expect(other.plans).toEqual(policy.plans);
    });
  });
});

function cellsOf({ fields }: Shape): readonly Cell[] {
  return fields.flatMap(({ node }) => (node.node === "leaf" || node.node === "open" ? [node.cell] : []));
}
