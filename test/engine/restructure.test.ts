import { describe, expect, it } from "vitest";
import type { Cell, OutputField } from "#plan";
import { deliver, enforce, textOf } from "#support/enforce";
import { eventOf } from "#support/events";
import { contextFor, withoutSealKeys } from "#support/keys";
import { dropped, kept, list, map, open, personal, planFor, required, treated } from "#support/plans";

const CELL: Cell = { kinds: ["string"], class: "INTERNAL", kind: "OTHER", ops: [], onFence: "keep" };

const fields = {
  type: dropped(),
  data: { email: treated({ op: "mask" }), roles: list(kept()), labels: map(kept()), inner: { a: kept() } },
  ip: kept({ kind: "IP" }),
  id: required(kept()),
  free: open(),
};

function planWith(...output: readonly OutputField[]) {
  return planFor({ fields, output: { schema: "test.Flat", fields: output } });
}

const body = {
  id: "1",
  data: { email: "alice@example.com", roles: ["x", 1, "y"], labels: { k: "v" }, inner: { a: "b" } },
  type: "t",
};

describe("an output table", () => {
  it.each<[string, readonly OutputField[], string]>([
    [
      "picks and renames, in its own order",
      [
        { name: "kind", source: ["type"], cell: CELL },
        { name: "mail", source: ["data", "email"], cell: CELL },
        { name: "id", source: ["id"], cell: CELL },
      ],
      '{"kind":"t","mail":"alice@example.com","id":"1"}',
    ],
    [
      "treats by its own cells, not by those of the event",
      [{ name: "mail", source: ["data", "email"], cell: { ...CELL, ops: [{ op: "mask_email" }] } }],
      '{"mail":"a***@example.com"}',
    ],
    [
      "picks one value twice",
      [
        { name: "a", source: ["id"], cell: CELL },
        { name: "b", source: ["id"], cell: { ...CELL, ops: [{ op: "mask" }] } },
      ],
      '{"a":"1","b":"*"}',
    ],
    ["leaves out what is missing", [{ name: "ip", source: ["ip"], cell: CELL }], "{}"],
    [
      "leaves out what its cell drops",
      [{ name: "id", source: ["id"], cell: { ...CELL, ops: [{ op: "drop" }] } }],
      "{}",
    ],
    [
      "picks lists item by item",
      [{ name: "roles", source: ["data", "roles"], cell: { ...CELL, ops: [{ op: "mask" }] } }],
      '{"roles":["*","*"]}',
    ],
    [
      "leaves out a list whose items its cell drops",
      [{ name: "roles", source: ["data", "roles"], cell: { ...CELL, ops: [{ op: "drop" }] } }],
      "{}",
    ],
    [
      "picks no objects and no maps",
      [
        { name: "inner", source: ["data", "inner"], cell: CELL },
        { name: "labels", source: ["data", "labels"], cell: CELL },
      ],
      "{}",
    ],
    [
      "picks nothing through a map or an open value",
      [
        { name: "k", source: ["data", "labels", "k"], cell: CELL },
        { name: "free", source: ["free", "x"], cell: CELL },
      ],
      "{}",
    ],
    ["is empty where it names nothing", [], "{}"],
  ])("%s", (_, output, expected) => {
    expect(textOf(deliver(planWith(...output), eventOf({ ...body, free: { x: "y" } })))).toBe(expected);
  });

  it("picks only what may stand at its place, and counts the rest as without a table", () => {
    const plan = planWith({ name: "ip", source: ["ip"], cell: CELL });
    const decision = deliver(plan, eventOf({ ...body, ip: "1.2.3", x: 1, data: {} }));
    expect(textOf(decision)).toBe("{}");
    expect(decision.drops.map(({ path, reason }) => [path, reason])).toEqual([
      [{ at: "ip" }, "invalid"],
      [{ at: "", undeclared: "x" }, "undeclared"],
    ]);
  });

  it("checks a picked value against its own cell too", () => {
    const plan = planWith({ name: "id", source: ["id"], cell: { ...CELL, oneOf: ["2"] } });
    const decision = deliver(plan, eventOf({ id: "1" }));
    expect(textOf(decision)).toBe("{}");
    expect(decision.drops).toEqual([
      { path: { at: "id" }, type: "string", reason: "not_one_of", class: "INTERNAL", count: 1 },
    ]);
  });

  it("needs the required fields of the event", () => {
    expect(enforce(planWith(), eventOf({}))).toEqual({ kind: "reject", code: "REQUIRED_FIELD", path: { at: "id" } });
  });

  it("leaves out what is about a fenced person", () => {
    const plan = planFor({
      fields: { name: personal() },
      output: { schema: "test.Flat", fields: [{ name: "n", source: ["name"], cell: { ...CELL, onFence: "drop" } }] },
    });
    const event = eventOf({ name: "n" }, { subjects: [{ role: "TARGET", tenant: "acme", id: "u1" }] });
    expect(textOf(deliver(plan, event))).toBe('{"n":"n"}');
    const decision = deliver(plan, event, contextFor({ fenced: ["u1"] }));
    expect([textOf(decision), decision.suppressed]).toEqual(["{}", true]);
  });

  it("names its own field where a transform fails", () => {
    const cell: Cell = { ...CELL, ops: [{ op: "encrypt" }] };
    const plan = planWith({ name: "sealed", source: ["id"], cell });
    expect(enforce(plan, eventOf(body), withoutSealKeys())).toEqual({
      kind: "reject",
      code: "TRANSFORM_FAILED",
      path: { at: "sealed" },
    });
  });

  it("adds generated values, treated by their cells", () => {
    const plan = planWith(
      { name: "at", enrich: "DELIVERY_TIME", cell: { ...CELL, ops: [{ op: "generalize_time", unit: "DAY" }] } },
      { name: "space", enrich: "SPACE", cell: CELL },
      { name: "pop", enrich: "POP", cell: CELL },
      { name: "rate", enrich: "SAMPLE_RATE", cell: { ...CELL, kinds: ["number"] } },
    );
    const text = textOf(deliver(plan, eventOf(body), contextFor({ facts: { SPACE: "acme-eu" } })));
    expect(text).toBe('{"at":"2026-03-01T00:00:00Z","space":"acme-eu","rate":1}');
  });
});
