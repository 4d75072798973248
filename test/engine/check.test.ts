import { describe, expect, it } from "vitest";
import type { SinkName } from "#plan";
import { deliver, enforce, output, textOf } from "#support/enforce";
import { eventOf } from "#support/events";
import { kept, list, map, open, planFor, required } from "#support/plans";

const number = kept({ kinds: ["number"] });

const plan = planFor({
  fields: {
    type: kept(),
    ip: kept({ kind: "IP" }),
    status: kept({ oneOf: ["on", "off"] }),
    count: number,
    either: kept({ kinds: ["string", "number"] }),
    data: { name: kept(), tags: list(kept()), inner: { deep: kept() } },
    people: list({ id: kept() }),
    labels: map(kept(), "[a-z]+"),
    free: open(),
  },
});

describe("what is declared", () => {
  it.each([
    ["keeps declared fields in input order", '{"type":"t","data":{"name":"n"},"count":1}'],
    ["keeps a field of either type", '{"either":1}'],
    ["keeps a field of the other type", '{"either":"1"}'],
    ["keeps number text", '{"count":12345678901234567890}'],
    ["keeps a number JavaScript cannot hold", '{"count":1e400}'],
    ["keeps minus zero", '{"count":-0}'],
    ["keeps an allowed value", '{"status":"on"}'],
    ["keeps an IPv4 address", '{"ip":"192.0.2.1"}'],
    ["keeps an IPv6 address", '{"ip":"2001:db8::1"}'],
    ["keeps list items", '{"data":{"tags":["a","b"]},"people":[{"id":"1"},{"id":"2"}]}'],
    ["keeps map entries in input order", '{"labels":{"b":"1","a":"2"}}'],
    ["keeps an open object as it is", '{"free":{"2":null,"1":{"__proto__":[1e400]}}}'],
    ["keeps an open string", '{"free":"text"}'],
    ["keeps noncharacters, controls and byte order marks", '{"type":"\ufeff\uffff\ufdd0\\u0000\u2028"}'],
    ["keeps a surrogate pair", '{"type":"\u{1f600}"}'],
    ["keeps a long number that every reader takes", `{"count":${"1".repeat(1_000)}}`],
    ["keeps empty containers", '{"data":{},"people":[],"labels":{},"free":{}}'],
  ])("%s", (_, text) => {
    const decision = deliver(plan, eventOf(text));
    expect(textOf(decision)).toBe(text);
    expect(decision.drops).toEqual([]);
  });

  it("writes a time that an index has as one in one spelling, and any other as it came", () => {
    const at = (sink: SinkName) =>
      output(planFor({ delivery: { sink }, fields: { at: list(kept({ kind: "TIMESTAMP" })) } }), {
        at: ["2026-01-01 00:00:00z"],
      });
    expect(at("LOG_INDEX")).toBe('{"at":["2026-01-01T00:00:00Z"]}');
    expect(at("STANDARD_QUEUE")).toBe('{"at":["2026-01-01 00:00:00z"]}');
  });

  it("writes the output without the input's spaces and needless escapes", () => {
    expect(output(plan, ' { "type" : "\\u0061\\/" , "data" : { } } ')).toBe('{"type":"a/","data":{}}');
  });
});

describe("what is not declared is left out and counted", () => {
  it.each([
    [
      "an undeclared field",
      '{"x":1}',
      "{}",
      { path: { at: "", undeclared: "x" }, type: "number", reason: "undeclared" },
    ],
    [
      "an undeclared inner field",
      '{"data":{"x":{"y":1}}}',
      '{"data":{}}',
      { path: { at: "data", undeclared: "x" }, type: "object", reason: "undeclared" },
    ],
    [
      "an undeclared field of a list item",
      '{"people":[{"x":[]}]}',
      '{"people":[{}]}',
      { path: { at: "people[]", undeclared: "x" }, type: "array", reason: "undeclared" },
    ],
    [
      "an undeclared field that is null",
      '{"x":null}',
      "{}",
      { path: { at: "", undeclared: "x" }, type: "null", reason: "undeclared" },
    ],
    [
      "__proto__",
      '{"__proto__":{"type":"t"}}',
      "{}",
      { path: { at: "", undeclared: "__proto__" }, type: "object", reason: "undeclared" },
    ],
    [
      "constructor",
      '{"constructor":1}',
      "{}",
      { path: { at: "", undeclared: "constructor" }, type: "number", reason: "undeclared" },
    ],
    [
      "toString",
      '{"toString":"t"}',
      "{}",
      { path: { at: "", undeclared: "toString" }, type: "string", reason: "undeclared" },
    ],
    [
      "another case of a name",
      '{"Type":"t"}',
      "{}",
      { path: { at: "", undeclared: "Type" }, type: "string", reason: "undeclared" },
    ],
    [
      "a number for a string",
      '{"type":1}',
      "{}",
      { path: { at: "type" }, type: "number", reason: "wrong_type", class: "INTERNAL" },
    ],
    [
      "an object for a string",
      '{"type":{}}',
      "{}",
      { path: { at: "type" }, type: "object", reason: "wrong_type", class: "INTERNAL" },
    ],
    [
      "a string for a number",
      '{"count":"1"}',
      "{}",
      { path: { at: "count" }, type: "string", reason: "wrong_type", class: "INTERNAL" },
    ],
    ["an array for an object", '{"data":[]}', "{}", { path: { at: "data" }, type: "array", reason: "wrong_type" }],
    ["an object for a list", '{"people":{}}', "{}", { path: { at: "people" }, type: "object", reason: "wrong_type" }],
    ["a string for a map", '{"labels":"a"}', "{}", { path: { at: "labels" }, type: "string", reason: "wrong_type" }],
    [
      "a mistyped list item",
      '{"data":{"tags":["a",1,"b"]}}',
      '{"data":{"tags":["a","b"]}}',
      { path: { at: "data.tags[]" }, type: "number", reason: "wrong_type", class: "INTERNAL" },
    ],
    [
      "a mistyped map value",
      '{"labels":{"a":1,"b":"1"}}',
      '{"labels":{"b":"1"}}',
      { path: { at: "labels{}" }, type: "number", reason: "wrong_type", class: "INTERNAL" },
    ],
    [
      "a map key that does not fit",
      '{"labels":{"a@b":"1","b":"1"}}',
      '{"labels":{"b":"1"}}',
      { path: { at: "labels{}" }, type: "string", reason: "map_key" },
    ],
    [
      "a map key that fits in part",
      '{"labels":{"a1":"1"}}',
      '{"labels":{}}',
      { path: { at: "labels{}" }, type: "string", reason: "map_key" },
    ],
    [
      "a value that is not allowed",
      '{"status":"idle"}',
      "{}",
      { path: { at: "status" }, type: "string", reason: "not_one_of", class: "INTERNAL" },
    ],
    ["a bad IP", '{"ip":"1.2.3"}', "{}", { path: { at: "ip" }, type: "string", reason: "invalid", class: "INTERNAL" }],
    [
      "an IP with a zone",
      '{"ip":"fe80::1%eth0"}',
      "{}",
      { path: { at: "ip" }, type: "string", reason: "invalid", class: "INTERNAL" },
    ],
  ])("%s", (_, text, expected, drop) => {
    const decision = deliver(plan, eventOf(text));
    expect(textOf(decision)).toBe(expected);
    expect(decision.drops).toEqual([{ ...drop, count: 1 }]);
  });

  it("a number is none of the allowed strings, and no value of a kind that only strings have", () => {
    const facts = { kinds: ["string", "number"] } as const;
    const fields = { status: kept({ ...facts, oneOf: ["1"] }), ip: kept({ ...facts, kind: "IP" }) };
    const { payload, drops } = deliver(planFor({ fields }), eventOf('{"status":1,"ip":2130706433}'));
    expect(Buffer.from(payload).toString()).toBe("{}");
    expect(drops.map(({ path, reason }) => [path.at, reason])).toEqual([
      ["status", "not_one_of"],
      ["ip", "invalid"],
    ]);
  });

  it.each([
    ["a high surrogate alone", String.raw`"cut off \ud83d"`],
    ["a low surrogate alone", String.raw`"\ude00 cut off"`],
    ["surrogates the wrong way round", String.raw`"\ude00\ud83d"`],
  ])("%s is no value of any kind, wherever it stands", (_, text) => {
    const name = text.slice(1, -1);
    const decision = deliver(
      plan,
      eventOf(
        `{"type":${text},"either":${text},"data":{"tags":["a",${text}]},"labels":{"a":${text}},"free":{"a":[{"${name}":1}]}}`,
      ),
    );
    expect(textOf(decision)).toBe('{"data":{"tags":["a"]},"labels":{}}');
    expect(decision.drops.map(({ path, reason }) => `${path.at} ${reason}`)).toEqual([
      "type invalid",
      "either invalid",
      "data.tags[] invalid",
      "labels{} invalid",
      "free invalid",
    ]);
  });

  it.each([
    ["half a surrogate pair", String.raw`\ud83d`],
    ["more characters than readers take", "k".repeat(50_001)],
  ])("a map key with %s fits no pattern, and no map without one", (_, key) => {
    for (const pattern of ["(?s).*", undefined]) {
      const { payload, drops } = deliver(
        planFor({ fields: { labels: map(kept(), pattern) } }),
        eventOf(`{"labels":{"${key}":"1","b":"2"}}`),
      );
      expect(Buffer.from(payload).toString()).toBe('{"labels":{"b":"2"}}');
      expect(drops).toEqual([{ path: { at: "labels{}" }, type: "string", reason: "map_key", count: 1 }]);
    }
  });

  it("a number that is too long for readers is no number", () => {
    const decision = deliver(plan, eventOf(`{"count":${"1".repeat(1_001)},"free":[0.${"1".repeat(999)}]}`));
    expect(textOf(decision)).toBe("{}");
    expect(decision.drops.map(({ path, reason }) => [path.at, reason])).toEqual([
      ["count", "invalid"],
      ["free", "invalid"],
    ]);
  });

  it("null is absent, and nothing to count", () => {
    const decision = deliver(
      plan,
      eventOf('{"type":null,"data":{"tags":["a",null],"inner":null},"people":null,"labels":{"a":null},"free":null}'),
    );
    expect(textOf(decision)).toBe('{"data":{"tags":["a"]},"labels":{}}');
    expect(decision.drops).toEqual([]);
  });

  it("counts alike drops together, in the order of first sight", () => {
    const { drops } = deliver(plan, eventOf('{"people":[{"x":1},{"id":2},{"x":3},{"x":"4"}],"y":1}'));
    expect(drops).toEqual([
      { path: { at: "people[]", undeclared: "x" }, type: "number", reason: "undeclared", count: 2 },
      { path: { at: "people[].id" }, type: "number", reason: "wrong_type", class: "INTERNAL", count: 1 },
      { path: { at: "people[]", undeclared: "x" }, type: "string", reason: "undeclared", count: 1 },
      { path: { at: "", undeclared: "y" }, type: "number", reason: "undeclared", count: 1 },
    ]);
  });
});

describe("a required field", () => {
  const strict = planFor({
    fields: {
      id: required(kept({ kind: "IP", oneOf: ["192.0.2.1", "x"] })),
      data: required({ name: kept() }),
      people: list({ id: required(kept()) }),
      gone: required(kept({ ops: [{ op: "drop" }] })),
    },
  });
  const whole = { id: "192.0.2.1", data: {}, people: [{ id: "1" }], gone: "g" };

  it("is there: the event is delivered, even where the cell drops the value", () => {
    expect(output(strict, whole)).toBe('{"id":"192.0.2.1","data":{},"people":[{"id":"1"}]}');
  });

  it.each([
    ["is missing", { ...whole, id: undefined }, "id"],
    ["is null", { ...whole, id: null }, "id"],
    ["is mistyped", { ...whole, id: 1 }, "id"],
    ["is not allowed", { ...whole, id: "y" }, "id"],
    ["is invalid", { ...whole, id: "x" }, "id"],
    ["is no object", { ...whole, data: [] }, "data"],
    ["is missing where the cell drops it", { ...whole, gone: undefined }, "gone"],
    ["is missing in a list item", { ...whole, people: [{ id: "1" }, {}] }, "people[].id"],
    ["is missing twice: the inner one is met first", { ...whole, id: undefined, people: [{}] }, "people[].id"],
    ["is missing twice: the shape's order counts", {}, "data"],
  ])("%s: the event is rejected", (_, body, at) => {
    expect(enforce(strict, eventOf(body))).toEqual({ kind: "reject", code: "REQUIRED_FIELD", path: { at } });
  });

  it.each(["[]", "null", '"text"', "1"])("the event itself is required to be an object, not %s", (body) => {
    expect(enforce(plan, eventOf(body))).toEqual({ kind: "reject", code: "REQUIRED_FIELD", path: { at: "" } });
  });
});
