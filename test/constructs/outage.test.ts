import { Duration } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { SINK_TIMINGS, visibilityOf } from "#constructs";
import type { Outcome } from "#delivery";
import { pauseOf } from "#lambdas/enforcer/pause";
import { receivesFor } from "../../lib/constructs/outage.ts";

const DOWN: Outcome = { kind: "retry", code: "SINK_DENIED" };
const VISIBILITY = { lake: 390, search: 365, queue: 185 };

describe("receivesFor", () => {
  it.each(Object.entries(VISIBILITY))("lets a %s be down for more than a day, however holds are cut", (_, seconds) => {
    const receives = receivesFor(Duration.seconds(seconds));
    const random = (length: number) => new Uint8Array(length);
    let heldMs = 0;
    for (let receive = 1; receive < receives; receive++)
      heldMs += Math.min(seconds * 1_000, pauseOf([DOWN], { receives: receive, random }) ?? 0);
    expect(heldMs).toBeGreaterThan(24 * 3_600_000);
    expect(receives).toBeLessThanOrEqual(1_000);
  });

  it("is asked with what the inlets of every kind of sink have", () => {
    const seconds = Object.entries(SINK_TIMINGS).map(([sink, timing]) => [
      sink,
      [timing.timeout, timing.batchingWindow, visibilityOf(timing)].map((duration) => duration.toSeconds()),
      timing.batchSize,
    ]);
    expect(seconds).toEqual([
      ["LAKE", [60, 30, VISIBILITY.lake], 1_000],
      ["LOG_INDEX", [60, 5, VISIBILITY.search], 500],
      ["ENTITY_INDEX", [60, 5, VISIBILITY.search], 500],
      ["FIFO_QUEUE", [30, 5, VISIBILITY.queue], 100],
      ["STANDARD_QUEUE", [30, 5, VISIBILITY.queue], 100],
    ]);
  });

  it("counts as many as it needs and no more", () => {
    expect(Object.values(VISIBILITY).map((seconds) => receivesFor(Duration.seconds(seconds)))).toEqual([341, 364, 709]);
  });

  it("refuses a function that fails too fast for what SQS counts", () => {
    expect(() => receivesFor(Duration.seconds(60))).toThrow(
      "expected a visibility timeout that lets a sink be down for 36 hours within 1000 receives, got 60 s: make the function's timeout longer",
    );
  });
});
