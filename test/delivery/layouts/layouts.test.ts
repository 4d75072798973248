import { describe, expect, it } from "vitest";
import { rejected } from "#delivery";
import { entityIndexLines, logIndexLines } from "#delivery/layouts/bulk-lines";
import { refuseTime } from "#delivery/layouts/event-time";
import { createLakeLayout } from "#delivery/layouts/lake-layout";
import { messageLines } from "#delivery/layouts/queue-lines";
import { fifoMessage, standardMessage } from "#delivery/messages";
import { formatOf } from "#formats";
import { deliveryOf, idOf } from "#support/deliveries";
import { planOf } from "#support/directory-run";

const STREAM = { processor: "APP_LOGS", generation: "g2" };

function linesOf(line: Uint8Array | object): readonly unknown[] {
  if (!(line instanceof Uint8Array)) return [line];
  const lines = Buffer.from(line).toString().split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((each) => JSON.parse(each));
}

describe("refuseTime", () => {
  const ABSURD = rejected("TIME_OUT_OF_RANGE");

  it.each([
    { time: "1999-12-31T23:59:59.999Z", refusal: ABSURD },
    { time: "2000-01-01T00:00:00.000Z", refusal: undefined },
    { time: "2099-12-31T23:59:59.999Z", refusal: undefined },
    { time: "2100-01-01T00:00:00.000Z", refusal: ABSURD },
  ])("says $refusal for $time", ({ time, refusal }) => {
    expect(refuseTime({ timeMs: Date.parse(time) })).toEqual(refusal);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])("refuses %s", (timeMs) => {
    expect(refuseTime({ timeMs })).toEqual(ABSURD);
  });
});

describe("createLakeLayout", () => {
  it.each([
    { format: "JSON", ending: ".ndjson", text: '{"name":"a"}\n' },
    { format: "SEALED", ending: ".sealed.ndjson", text: expect.stringContaining(idOf("delivery a")) },
  ] as const)("writes $format objects by the hour", async ({ format, ending, text }) => {
    const layout = createLakeLayout(await formatOf(planOf("LAKE", { sink: "LAKE", format })));
    const prepared = layout.prepare(deliveryOf("a", { timeMs: Date.parse("2026-03-04T05:59:59.999Z") }));
    if ("kind" in prepared) throw new Error("expected a row");
    expect(prepared.partition).toBe("dt=2026-03-04/hour=05");
    expect(layout.objectKey(prepared.partition, "x-0")).toBe(`dt=2026-03-04/hour=05/part-x-0${ending}`);
    expect(Buffer.from(layout.encode([prepared.row])).toString()).toEqual(text);
    expect(layout.encode([])).toHaveLength(0);
  });

  it("refuses times that no partition is for", async () => {
    const layout = createLakeLayout(await formatOf(planOf("LAKE", { sink: "LAKE" })));
    expect(layout.prepare(deliveryOf("a", { timeMs: 0 }))).toEqual(rejected("TIME_OUT_OF_RANGE"));
  });
});

describe("lines for search indexes", () => {
  it("names the log index by generation and the day of the event", () => {
    const line = logIndexLines(STREAM)(deliveryOf("a", { timeMs: Date.parse("2026-03-04T23:59:59Z") }));
    expect(linesOf(line)).toEqual([
      { create: { _index: "app-logs-g2-2026.03.04", _id: idOf("delivery a") } },
      { name: "a" },
    ]);
  });

  it("refuses times that no log index is for", () => {
    expect(logIndexLines(STREAM)(deliveryOf("a", { timeMs: 0 }))).toEqual(rejected("TIME_OUT_OF_RANGE"));
  });

  const script = (order: string, document: object) => ({
    scripted_upsert: true,
    upsert: {},
    _source: ["_shield.order"],
    script: { id: "event-shield-newest-state-1", params: { order, document } },
  });

  it("has the index compare the order of states", () => {
    const line = entityIndexLines(STREAM)(deliveryOf("a", { entityKey: "e", order: "5" }));
    const update = { _index: "app-logs-g2", _id: "e", retry_on_conflict: 3 };
    expect(linesOf(line)).toEqual([{ update }, script("5", { name: "a" })]);
  });

  it("writes of a deleted entity that it is deleted, and nothing else", () => {
    const line = entityIndexLines(STREAM)(deliveryOf("a", { entityKey: "e", order: "1", deleted: true }));
    expect(linesOf(line)[1]).toEqual(script("1", { deleted: true }));
  });

  it.each([
    { title: "an entity", delivery: deliveryOf("a", { order: "1" }) },
    { title: "an order", delivery: deliveryOf("a", { entityKey: "e" }) },
  ])("refuses what has not got $title", ({ delivery }) => {
    expect(entityIndexLines(STREAM)(delivery)).toEqual({ kind: "rejected", code: "ENFORCER_FAILED" });
  });
});

describe("lines for queues", () => {
  it("groups messages by entity, or each by itself", () => {
    const line = messageLines(fifoMessage);
    const id = idOf("delivery a");
    expect(
      linesOf(line(deliveryOf("a", { entityKey: "e", order: "5", sequence: 2, attributes: { policy: "p" } }))),
    ).toEqual([{ body: '{"name":"a"}', group: "e", dedup_id: id, attributes: { policy: "p", sequence: "2" } }]);
    expect(linesOf(line(deliveryOf("a")))).toEqual([{ body: '{"name":"a"}', group: id, dedup_id: id, attributes: {} }]);
  });

  it("gives consumers of standard queues the id by which they tell repetitions", () => {
    expect(linesOf(messageLines(standardMessage)(deliveryOf("a")))).toEqual([
      { body: '{"name":"a"}', attributes: { delivery_id: idOf("delivery a") } },
    ]);
  });
});
