import { describe, expect, it } from "vitest";
import type { Outcome } from "#delivery";
import { createObserver } from "#lambdas/enforcer/observer";

const OUTCOMES: readonly Outcome[] = [
  {
    kind: "delivered",
    drops: [{ path: { at: "data", undeclared: "x" }, type: "string", reason: "undeclared", count: 3 }],
  },
  { kind: "skipped", reason: "duplicate" },
  { kind: "skipped", reason: "not_subscribed" },
  { kind: "rejected", code: "INVALID_JSON" },
  { kind: "rejected", code: "REQUIRED_FIELD", path: { at: "type" } },
  { kind: "retry", code: "OUT_OF_TIME" },
];

describe("createObserver", () => {
  it("counts a batch", () => {
    const { observer, counts } = observe();
    observer.onLedgerUnknown();
    observer.onBatch(OUTCOMES, 12);
    expect(counts).toEqual({
      LedgerUnknown: 1,
      Delivered: 1,
      Duplicate: 1,
      Stale: 0,
      Skipped: 1,
      Rejected: 2,
      Retried: 1,
      DroppedValues: 3,
      "Rejected.INVALID_JSON": 1,
      "Rejected.REQUIRED_FIELD": 1,
    });
  });

  it("counts and logs what is held, and nothing where nothing is", () => {
    const { observer, counts, lines } = observe();
    observer.onHeld({ count: 0, oldestMs: 0, why: {} });
    expect([counts, lines]).toEqual([{}, []]);
    observer.onHeld({ count: 3, oldestMs: 7_000, why: { SINK_DENIED: 3 } });
    expect(counts).toEqual({ Held: 3, OldestHeldMs: 7_000, "Held.SINK_DENIED": 3 });
    expect(lines).toEqual([["warn", "events held", { count: 3, oldestMs: 7_000, retried: { SINK_DENIED: 3 } }]]);
  });

  it("counts ledger writes of unknown outcome anew for each batch", () => {
    const { observer, counts } = observe();
    observer.onLedgerUnknown();
    for (let batch = 0; batch < 2; batch++) observer.onBatch([], 1);
    expect(counts).toMatchObject({ LedgerUnknown: 1 });
  });

  it("logs the batch, and why events were rejected and values left out", () => {
    const { observer, lines } = observe();
    observer.onBatch(OUTCOMES, 12);
    expect(lines).toEqual([
      [
        "info",
        "batch enforced",
        { count: 6, durationMs: 12, skipped: { duplicate: 1, not_subscribed: 1 }, retried: { OUT_OF_TIME: 1 } },
      ],
      ["warn", "events rejected", { code: "INVALID_JSON", count: 1 }],
      ["warn", "events rejected", { code: "REQUIRED_FIELD", place: { at: "type" }, count: 1 }],
      ["warn", "values left out", { place: { at: "data", undeclared: "" }, type: "string", count: 3 }],
    ]);
  });

  it("logs each kind of failure once a batch", () => {
    const { observer, lines } = observe();
    const fail = (Kind: ErrorConstructor) => observer.onFailure(new Kind("ann@example.com"));
    for (let n = 0; n < 3; n++) fail(RangeError);
    fail(TypeError);
    expect(lines).toHaveLength(2);
    observer.onBatch([], 1);
    fail(TypeError);
    expect(lines.filter(([level]) => level === "error")).toHaveLength(3);
  });

  it("logs the same failure again where the next batch has it too", () => {
    const { observer, lines } = observe();
    const failure = new TypeError("ann@example.com");
    for (const _ of [1, 2]) {
      observer.onFailure(failure);
      observer.onFailure(failure);
      observer.onBatch([], 1);
    }
    expect(lines.filter(([level]) => level === "error")).toHaveLength(2);
  });

  it("writes few lines, whatever is in the batch", () => {
    const { observer, lines } = observe();
    const rejects = Array.from({ length: 500 }, (_, n): Outcome => {
      return { kind: "rejected", code: "REQUIRED_FIELD", path: { at: `field${n}` } };
    });
    observer.onBatch(rejects, 1);
    expect(lines).toHaveLength(21);
  });
});

function observe() {
  const lines: unknown[][] = [];
  const counts: Record<string, number> = {};
  const line =
    (level: string) =>
    (...rest: readonly unknown[]) =>
      void lines.push([level, ...rest]);
  const observer = createObserver({
    log: { info: line("info"), warn: line("warn"), error: line("error") },
    metrics: {
      count(name, count) {
        counts[name] = (counts[name] ?? 0) + count;
      },
      publish: () => undefined,
    },
  });
  return { observer, lines, counts };
}
