import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Decision, referenceEngine } from "#engine";
import { type JsonValue, parseJson, writeJson } from "#json";
import type { Cell, Plan, ShapeNode } from "#plan";
import { re2 } from "#plan/re2";
import { times } from "#support/depth";
import { deliver, enforce, textOf } from "#support/enforce";
import { eventOf } from "#support/events";
import { AWKWARD_NAMES, jsonText } from "#support/json-text";
import { contextFor, openedBy } from "#support/keys";
import { dropped, type Fields, kept, list, map, open, type Place, planFor, treated } from "#support/plans";

const NAMES = [...AWKWARD_NAMES, "a", "b"];
const names = fc.constantFrom(...NAMES);

/** Plans that keep and drop, of shapes that resemble what {@link eventText} writes. */
const plan = fc
  .letrec<{ place: Place; fields: Fields }>((tie) => ({
    place: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(
        kept(),
        kept({ kinds: ["number"] }),
        kept({ kinds: ["boolean", "string", "number"] }),
        kept({ oneOf: ["", "a"] }),
        dropped(),
        open(),
      ),
      tie("fields"),
      tie("place").map(list),
      fc.tuple(tie("place"), fc.constantFrom(undefined, "[a-z]?")).map(([value, keys]) => map(value, keys)),
    ),
    fields: fc.array(fc.tuple(names, tie("place")), { maxLength: 6 }).map((fields) => Object.fromEntries(fields)),
  }))
  .fields.map((fields) => planFor({ fields }));

/** Objects whose names are often the plan's. */
const eventText = fc
  .array(fc.tuple(names, jsonText), { maxLength: 6 })
  .map((members) => `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join()}}`);

describe("for any plan and any event", () => {
  it("lets out exactly what the plan lets out", () => {
    fc.assert(
      fc.property(plan, eventText, (anyPlan, text) => {
        const decision = enforce(anyPlan, eventOf(text));
        fc.pre(decision.kind === "deliver");
        const root = anyPlan.routes[0]?.root ?? 0;
        const expected = oracle(JSON.parse(text), { node: "message", shape: root }, anyPlan);
        expect(JSON.parse(textOf(decision))).toEqual(expected ?? {});
      }),
      { numRuns: times({ few: 300, deep: 5_000 }) },
    );
  });

  it("writes compact JSON in input order with the numbers as they were", () => {
    fc.assert(
      fc.property(plan, eventText, (anyPlan, text) => {
        const decision = enforce(anyPlan, eventOf(text));
        fc.pre(decision.kind === "deliver");
        const output = textOf(decision);
        const value = treeOf(output);
        expect(writeJson(value)).toBe(output);
        expect(isPartOf(value, treeOf(text))).toBe(true);
      }),
      { numRuns: times({ few: 300, deep: 5_000 }) },
    );
  });

  it("decides each plan of a set as if it were alone", () => {
    fc.assert(
      fc.property(fc.array(plan, { maxLength: 3 }), eventText, (plans, text) => {
        const event = eventOf(text);
        const together = referenceEngine.link(plans, re2).enforce(event, contextFor());
        expect(together).toEqual(plans.map((alone) => enforce(alone, event)));
      }),
    );
  });

  it("archives everything, in its words", () => {
    fc.assert(
      fc.property(eventText, (text) => {
        const decision = enforce(planFor({ source: "whole" }), eventOf(text));
        fc.pre(decision.kind === "deliver");
        expect(openedText(planFor({ source: "whole" }), decision)).toBe(writeJson(treeOf(text)));
      }),
    );
  });

  it("never throws and never forwards what is damaged", () => {
    const damaged = fc.tuple(eventText, fc.nat(), fc.uint8Array({ maxLength: 3 }));
    fc.assert(
      fc.property(plan, damaged, (anyPlan, [text, at, bytes]) => {
        const body = Buffer.from(text);
        const start = at % body.length;
        const broken = Buffer.concat([body.subarray(0, start), bytes, body.subarray(start + 1)]);
        const decision = enforce(anyPlan, eventOf(broken));
        const isBroken = !isJsonObject(broken);
        expect(decision.kind === "deliver" && isBroken).toBe(false);
      }),
      { numRuns: times({ few: 300, deep: 5_000 }) },
    );
  });
});

describe("a set of plans", () => {
  const sealing = (processor: string) => planFor({ processor, fields: { a: treated({ op: "encrypt" }), b: kept() } });

  it("has a decision for each plan, in their order", () => {
    const plans = [
      planFor({ fields: { a: kept() } }),
      planFor({ fields: {}, route: { subscribed: false } }),
      planFor(),
    ];
    const decisions = referenceEngine.link(plans, re2).enforce(eventOf('{"a":"x"}'), contextFor());
    expect(decisions.map(({ kind }) => kind)).toEqual(["deliver", "skip", "deliver"]);
  });

  it("draws random bytes for each place of each plan, and shifts no neighbour's", () => {
    const event = eventOf('{"a":"x"}');
    const [, second] = referenceEngine.link([sealing("A"), sealing("B")]).enforce(event, contextFor());
    expect(second).toEqual(deliver(sealing("B"), event));
  });

  it("decides nothing for no plans", () => {
    expect(referenceEngine.link([]).enforce(eventOf("{"), contextFor())).toEqual([]);
  });
});

describe("an event of a megabyte", () => {
  it.each([
    ["of undeclared fields", `{${Array.from({ length: 100_000 }, (_, n) => `"${n}":0`).join()}}`, "{}"],
    ["of map entries", `{"m":{${Array.from({ length: 60_000 }, (_, n) => `"k${n}":"v"`).join()}}}`, undefined],
    ["of list items", `{"l":[${'"x",'.repeat(200_000)}"x"]}`, undefined],
    ["of one string", `{"s":"${"\\u0041".repeat(170_000)}"}`, `{"s":"${"A".repeat(170_000)}"}`],
  ])("%s is decided in reasonable time", (_, text, expected) => {
    const fields = { m: map(kept()), l: list(kept()), s: kept() };
    expect(textOf(deliver(planFor({ fields }), eventOf(text)))).toBe(expected ?? text);
  });
});

/** What a plan lets out, said a second time in terms of JavaScript values; undefined = left out. */
function oracle(value: unknown, node: ShapeNode, { shapes }: Plan): unknown {
  const inner = (part: unknown, place: ShapeNode) => oracle(part, place, { shapes } as Plan);
  if (value === null || letsNothingOut(node, shapes)) return undefined;
  switch (node.node) {
    case "leaf":
    case "open":
      return isAllowed(value, node.cell) ? value : undefined;
    case "list":
      return Array.isArray(value) ? value.map((item) => inner(item, node.item)).filter(isPresent) : undefined;
    case "map": {
      const fits = (key: string) => node.keys === undefined || new RegExp(`^(${node.keys})$`).test(key);
      return membersOf(value, (key, part) => (fits(key) && isUnicode(key) ? inner(part, node.value) : undefined));
    }
    case "message": {
      const fields = new Map(shapes[node.shape]?.fields.map((field) => [field.name, field.node]));
      return membersOf(value, (key, part) => {
        const field = fields.get(key);
        return field && inner(part, field);
      });
    }
  }
}

function letsNothingOut(node: ShapeNode, shapes: Plan["shapes"]): boolean {
  if (node.node === "message") return !!shapes[node.shape]?.fields.every((field) => letsNothingOut(field.node, shapes));
  if (node.node === "list") return letsNothingOut(node.item, shapes);
  return node.node === "map" ? letsNothingOut(node.value, shapes) : node.cell.ops.length > 0;
}

function isAllowed(value: unknown, { kinds, oneOf }: Cell): boolean {
  const kind = Array.isArray(value) ? "array" : (typeof value as Cell["kinds"][number]);
  return (
    kinds.includes(kind) && isUnicode(value) && (oneOf === undefined || oneOf.some((allowed) => allowed === value))
  );
}

/** `encodeURIComponent` throws for half a surrogate pair. */
function isUnicode(value: unknown): boolean {
  try {
    JSON.stringify(value, (name, part) => {
      encodeURIComponent(name);
      return typeof part === "string" ? encodeURIComponent(part) : part;
    });
    return true;
  } catch {
    return false;
  }
}

function membersOf(value: unknown, treat: (key: string, part: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const parts = Object.entries(value).map(([key, part]) => [key, treat(key, part)] as const);
  return Object.fromEntries(parts.filter(([, part]) => isPresent(part)));
}

function isPresent(value: unknown): boolean {
  return value !== undefined;
}

/** Tells whether a tree was made of another by leaving out only: same order, same texts. */
function isPartOf(part: JsonValue, whole: JsonValue): boolean {
  if (part.kind === "object" && whole.kind === "object") {
    const order = part.members.map(({ name }) => whole.members.findIndex((member) => member.name === name));
    const isOrdered = order.every((at, index) => at > (order[index - 1] ?? -1));
    return isOrdered && part.members.every(({ value }, index) => isPartOf(value, whole.members[order[index]!]!.value));
  }
  if (part.kind === "array" && whole.kind === "array") {
    let from = 0;
    return part.items.every((item) => {
      const found = whole.items.findIndex((candidate, at) => at >= from && isPartOf(item, candidate));
      from = found + 1;
      return found >= 0;
    });
  }
  return writeJson(part) === writeJson(whole);
}

function openedText(sealedBy: Plan, decision: Decision): string {
  if (decision.kind !== "deliver") throw new Error("expected a delivery");
  return openedBy(sealedBy, decision.payload, decision.deliveryId);
}

function treeOf(text: string): JsonValue {
  const parsed = parseJson(text, { maxDepth: 64 });
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed.value;
}

function isJsonObject(bytes: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
