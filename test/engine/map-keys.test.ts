import { describe, expect, it } from "vitest";
import { referenceEngine } from "#engine";
import type { Cell, Op } from "#plan";
import { fromText, parseHeader } from "#seal";
import { eventOf } from "#support/events";
import { contextFor } from "#support/keys";
import { kept, map, planFor } from "#support/plans";

function deliver(labels: object, ...ops: readonly Op[]) {
  return deliverBy(labels, { ops });
}

function deliverBy(labels: object, ofKeys: Partial<Cell>) {
  const plan = planFor({ fields: { labels: map(kept(), undefined, ofKeys) } });
  const [decision] = referenceEngine.link([plan]).enforce(eventOf({ labels }), contextFor());
  if (decision?.kind !== "deliver") throw new Error(`expected a delivery, got ${decision?.kind}`);
  return { ...decision, labels: JSON.parse(Buffer.from(decision.payload).toString()).labels as Record<string, string> };
}

describe("keys of a map", () => {
  it("stay where their cell keeps them", () => {
    expect(deliver({ a: "1", b: "2" }).labels).toEqual({ a: "1", b: "2" });
  });

  it("are treated as values are", () => {
    expect(deliver({ "ann@example.com": "friend" }, { op: "mask_email" }).labels).toEqual({
      "a***@example.com": "friend",
    });
    const [token] = Object.keys(deliver({ "ann@example.com": "friend" }, { op: "pseudonymize" }).labels);
    expect(token).toMatch(/^[\w.-]{20,}$/);
  });

  it("take their values with them where they are dropped", () => {
    expect(deliver({ a: "1" }, { op: "drop" }).labels).toBeUndefined();
  });

  it("that become one keep the first value, and count the others", () => {
    const { labels, drops } = deliver({ a: "1", b: "2", c: "3" }, { op: "constant", text: "x" });
    expect(labels).toEqual({ x: "1" });
    expect(drops).toEqual([
      { path: { at: "labels{key}" }, type: "string", reason: "same_key", class: "INTERNAL", count: 2 },
    ]);
  });

  it("must be of their kind", () => {
    const { labels, drops } = deliverBy({ good: "1", "no code": "2" }, { kind: "CODE" });
    expect(labels).toEqual({ good: "1" });
    expect(drops).toEqual([
      { path: { at: "labels{key}" }, type: "string", reason: "invalid", class: "INTERNAL", count: 1 },
    ]);
  });

  it("are sealed each for itself", () => {
    const { labels } = deliver({ a: "1", b: "2" }, { op: "encrypt" });
    const keys = Object.keys(labels);
    expect(keys.map((key) => parseHeader(fromText(key)!).ok)).toEqual([true, true]);
    expect(new Set(keys).size).toBe(2);
  });
});
