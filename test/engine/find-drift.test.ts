import { describe, expect, it } from "vitest";
import type { Drop, PathShape } from "#engine";
import type { JsonKind } from "#json";
import { deliver } from "#support/enforce";
import { eventOf } from "#support/events";
import { dropped, kept, list, map, open, planFor, ROUTE, required } from "#support/plans";

const fields = {
  type: kept(),
  either: kept({ kinds: ["string", "number"] }),
  status: kept({ oneOf: ["on"] }),
  ip: kept({ kind: "IP" }),
  secret: dropped(),
  data: { name: kept(), tags: list(kept()) },
  people: list({ id: kept() }),
  labels: map({ text: kept() }, "[a-z]+"),
  free: open(),
};
const archive = planFor({ source: "whole", fields });

function driftOf(body: unknown, plan = archive) {
  return deliver(plan, eventOf(body)).drift;
}

function undeclared(at: string, name: string, type: JsonKind, count = 1): Drop {
  return { path: { at, undeclared: name }, type, reason: "undeclared", count };
}

function mistyped(at: string, type: JsonKind): Drop {
  const path: PathShape = { at };
  return { path, type, reason: "wrong_type", count: 1 };
}

describe("the drift of an event that is kept whole", () => {
  it.each<[claim: string, body: unknown, drift: readonly Drop[]]>([
    ["is nothing where all is declared", { type: "t", either: 1, data: { name: "n", tags: ["a"] } }, []],
    ["is an undeclared field", { x: 1 }, [undeclared("", "x", "number")]],
    ["is an undeclared field that is null", { x: null }, [undeclared("", "x", "null")]],
    ["is an undeclared object, and nothing of its inside", { x: { y: 1 } }, [undeclared("", "x", "object")]],
    ["is an undeclared array, and nothing of its inside", { x: [{ y: 1 }] }, [undeclared("", "x", "array")]],
    ["is an undeclared field inside", { data: { x: "1" } }, [undeclared("data", "x", "string")]],
    [
      "is an undeclared field of list items",
      { people: [{ x: 1 }, { x: 2 }] },
      [undeclared("people[]", "x", "number", 2)],
    ],
    ["is an undeclared field of map values", { labels: { a: { x: 1 } } }, [undeclared("labels{}", "x", "number")]],
    ["is another case of a name", { Type: "t" }, [undeclared("", "Type", "string")]],
    ["is __proto__", '{"__proto__":{}}', [undeclared("", "__proto__", "object")]],
    ["is another JSON type of a value", { type: 1 }, [mistyped("type", "number")]],
    ["is another JSON type of a value that is dropped", { secret: {} }, [mistyped("secret", "object")]],
    ["is another JSON type of an object", { data: [] }, [mistyped("data", "array")]],
    ["is another JSON type of a list", { people: { id: "1" } }, [mistyped("people", "object")]],
    ["is another JSON type of a map", { labels: "a" }, [mistyped("labels", "string")]],
    ["is another JSON type of an item", { data: { tags: ["a", 1] } }, [mistyped("data.tags[]", "number")]],
    ["is not what is inside an open value", { free: { "ann@example.com": { x: 1 } } }, []],
    ["is not the key of a map", { labels: { "ann@example.com": { text: "a" } } }, []],
    ["is not a value that is missing", { type: null, data: { tags: [null] }, people: null, labels: null }, []],
    ["is not another word or address than expected", { status: "off", ip: "nowhere" }, []],
  ])("%s", (_, body, drift) => {
    expect(driftOf(body)).toEqual(drift);
  });

  it("is bounded like drops", () => {
    const names = Array.from({ length: 1_500 }, (_, n) => [`n${n}`, 1] as const);
    const drift = driftOf(Object.fromEntries(names));
    expect(drift).toHaveLength(1_001);
    expect(drift?.at(-1)).toEqual({ path: { at: "" }, type: "number", reason: "undeclared", count: 500 });
  });
});

describe("the drift of an event type", () => {
  const base = { ...ROUTE, match: { types: [], base: true } };

  it.each([
    ["that no route takes", planFor({ source: "whole", fields, route: { match: { types: ["other"], base: false } } })],
    ["that only the base route takes", planFor({ source: "whole", fields, route: base })],
  ])("%s is the type itself", (_, plan) => {
    expect(driftOf({ x: 1 }, plan)).toBe("unknown_type");
  });

  it("that a base route names is none", () => {
    const plan = planFor({ source: "whole", fields, route: { match: { types: ["user.updated"], base: true } } });
    expect(driftOf({}, plan)).toEqual([]);
  });

  it("of which the plan does not know the inside is none", () => {
    expect(driftOf({ x: 1 }, planFor({ source: "whole" }))).toEqual([]);
  });
});

describe("a plan that takes single fields", () => {
  it("leaves drift to those that keep everything", () => {
    expect(deliver(planFor({ fields: { id: required(kept()) } }), eventOf({ id: "1", x: 1 }))).not.toHaveProperty(
      "drift",
    );
  });
});
