import { describe, expect, it } from "vitest";
import { type JsonValue, parseJson, writeJson } from "#json";
import type { Cell, ColumnType, Kind } from "#plan";
import { createReadValue } from "../../lib/engine/read-value.ts";

const cell = (more: Partial<Cell>): Cell => ({
  kinds: ["string"],
  class: "INTERNAL",
  kind: "OTHER",
  ops: [],
  onFence: "keep",
  ...more,
});

function read(at: Cell, json: string, column?: ColumnType): string {
  const parsed = parseJson(json, { maxDepth: 9 }) as { readonly value: JsonValue };
  const result = createReadValue(at, column)(parsed.value);
  return "value" in result ? writeJson(result.value) : result.fault;
}

describe("values of a kind", () => {
  it.each<[Kind, readonly string[], readonly string[]]>([
    [
      "CODE",
      ["a", "access_denied", "urn:x/y.z-1", "a".repeat(64)],
      ["", "1a", "two words", "a@b", "ä", "a".repeat(65), "Zoë"],
    ],
    [
      "OBJECT_ID",
      ["org_1", "abc@clients", "con|1", "https://api.example/v1"],
      ["", "a@b.example", "two words", "x".repeat(300)],
    ],
    ["TENANT", ["acme", "acme-shop.eu", "urn:auth0:acme"], ["", "-a", "a b", "a@b", "x".repeat(129)]],
    ["FLAG", ["true", "False", "yes", "0"], ["", "maybe", "alice"]],
    ["COUNT", ["0", "17"], ["", "-1", "1.5", "many", "1e3"]],
    [
      "TIMESTAMP",
      ["2026-01-01T00:00:00Z", "2026-01-01 00:00:00z"],
      ["", "2000-01-01", "yesterday", "2026-02-30T00:00:00Z"],
    ],
    ["IP", ["192.0.2.1"], ["", "fe80::1%eth0", "x"]],
    ["SUBJECT_ID", ["auth0|1"], [""]],
  ])("%s, as text", (kind, fitting, others) => {
    for (const text of fitting) expect(read(cell({ kind }), JSON.stringify(text))).toBe(JSON.stringify(text));
    for (const text of others) expect(read(cell({ kind }), JSON.stringify(text))).toBe("invalid");
  });

  it.each<[Kind, readonly string[], readonly string[]]>([
    ["CODE", ["200"], ["491234567890", "1.5", "-1"]],
    ["COUNT", ["0", "1e3"], ["-1", "1.5"]],
    ["FLAG", ["0", "1"], ["2"]],
    ["TIMESTAMP", ["1767225600"], ["1.5"]],
    ["TENANT", [], ["1"]],
  ])("%s, as a number", (kind, fitting, others) => {
    for (const text of fitting) expect(read(cell({ kind, kinds: ["number"] }), text)).toBe(text);
    for (const text of others) expect(read(cell({ kind, kinds: ["number"] }), text)).toBe("invalid");
  });

  it("of CODE are what one_of says, where it says it", () => {
    const listed = cell({ kind: "CODE", oneOf: ["1.0", "two words"] });
    expect([read(listed, `"1.0"`), read(listed, `"two words"`), read(listed, `"a"`)]).toEqual([
      `"1.0"`,
      `"two words"`,
      "not_one_of",
    ]);
  });
});

describe("an integer", () => {
  const kept = cell({ kinds: ["number"], integer: true });
  const treated = cell({ kinds: ["number"], integer: true, ops: [{ op: "bucket", bounds: [10] }] });

  it.each([
    ["1", "1", "1"],
    ["1.0", "1.0", "1"],
    ["1e3", "1e3", "1000"],
    [`"123"`, `"123"`, "123"],
    ["1.5", "wrong_type", "wrong_type"],
    ["1e999999", "wrong_type", "wrong_type"],
    [`"1.0"`, "wrong_type", "wrong_type"],
    [`"abc"`, "wrong_type", "wrong_type"],
    ["true", "wrong_type", "wrong_type"],
  ])("%s is kept as %s, and treated as %s", (json, asKept, asTreated) => {
    expect([read(kept, json), read(treated, json)]).toEqual([asKept, asTreated]);
  });

  it.each<[Kind, readonly string[], readonly string[]]>([
    ["TIMESTAMP", ["1767225600", `"1767225600"`, "1.7672256e9"], ["1.5"]],
    ["CODE", ["200", "200.0", "2e2", `"200"`], ["-1", "100000", "1e5"]],
    ["FLAG", ["1", "1.0", `"1"`, "0"], ["2", "2.0", `"2"`]],
    ["COUNT", ["10", "1e1", `"10"`], ["-1", "-1.0"]],
  ])("of kind %s is tested as the number it is, however it is written", (kind, fitting, others) => {
    const at = (ops: Cell["ops"]) => cell({ kind, kinds: ["number"], integer: true, ops });
    for (const text of fitting) expect(read(at([]), text)).toBe(text);
    for (const text of others) expect(["invalid", "wrong_type"]).toContain(read(at([]), text));
    for (const text of others) expect(["invalid", "wrong_type"]).toContain(read(at(treated.ops), text));
  });

  it("is none that readers refuse, however few of its digits count", () => {
    expect([read(kept, `1.${"0".repeat(998)}`), read(treated, `1.${"0".repeat(998)}`)]).toEqual([
      `1.${"0".repeat(998)}`,
      "1",
    ]);
    expect([read(kept, `1.${"0".repeat(999)}`), read(treated, `1.${"0".repeat(999)}`)]).toEqual(["invalid", "invalid"]);
  });

  it("is nothing that a field of doubles asks for", () => {
    expect(read(cell({ kinds: ["number"] }), "1.5")).toBe("1.5");
    expect(read(cell({ kinds: ["number"] }), `"1"`)).toBe("wrong_type");
  });
});

describe("an identifier", () => {
  it.each<Kind>(["SUBJECT_ID", "OBJECT_ID", "SESSION_ID", "EVENT_ID"])("of kind %s may be a number", (kind) => {
    expect(read(cell({ kind }), "123456")).toBe(`"123456"`);
    expect(read(cell({ kind, kinds: ["string", "number"] }), "123456")).toBe("123456");
  });

  it.each<Kind>(["SUBJECT_ID", "OBJECT_ID", "SESSION_ID"])("of kind %s is no number that readers refuse", (kind) => {
    expect(read(cell({ kind }), "1".repeat(1_001))).toBe("invalid");
  });

  it("is the only text that may", () => {
    expect(read(cell({ kind: "EMAIL" }), "1")).toBe("wrong_type");
  });
});

describe("a time for a column of times", () => {
  it.each([
    ["2026-01-01 00:00:00z", "2026-01-01T00:00:00Z"],
    ["2016-12-31t23:59:60Z", "2016-12-31T23:59:59.999999999Z"],
    ["2026-01-01T00:00:00.123456789012+02:00", "2026-01-01T00:00:00.123456789+02:00"],
    ["2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00.5Z"],
  ])("%s is spelled as %s", (text, spelled) => {
    const time = cell({ kind: "TIMESTAMP" });
    expect(read(time, JSON.stringify(text), "TIMESTAMP")).toBe(JSON.stringify(spelled));
    expect(read(time, JSON.stringify(text), { list: "TIMESTAMP" })).toBe(JSON.stringify(spelled));
    expect(read(time, JSON.stringify(text))).toBe(JSON.stringify(text));
  });
});
