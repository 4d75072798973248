import { describe, expect, it } from "vitest";
import { DELIVERED, DUPLICATE, type Outcome, rejected, retry, STALE } from "#delivery";
import { EXISTS, NEWER, OK, UNKNOWN } from "#delivery/answer";
import { createEntityIndexSink } from "#delivery/protocols/entity-index";
import { createLogIndexSink } from "#delivery/protocols/log-index";
import type { IndexAnswer, IndexItem } from "#delivery/search-index";
import { deliveryOf } from "#support/deliveries";

const SAID = [
  [OK, DELIVERED],
  [EXISTS, DUPLICATE],
  [UNKNOWN, retry("SINK_UNKNOWN")],
  [retry("SINK_DENIED", 5), retry("SINK_DENIED", 5)],
  [rejected("SINK_REFUSED"), rejected("SINK_REFUSED")],
] as const satisfies readonly (readonly [IndexAnswer, Outcome])[];

const START_MS = Date.UTC(2026, 2, 1);
const TOMBSTONE = Buffer.from("{}");

describe("createLogIndexSink", () => {
  it("creates each event under its delivery id, and says what became of each", async () => {
    const index = indexOf(SAID.map(([answer]) => answer));
    const sink = createLogIndexSink({ index, nameOf: ({ timeMs }) => `index of ${timeMs}` });
    const batch = SAID.map((_, at) => deliveryOf(`${at}`, { timeMs: START_MS + at }));
    expect(await sink.deliver(batch, 7)).toEqual(SAID.map(([, outcome]) => outcome));
    expect(index.written).toEqual(
      batch.map(({ deliveryId: id, payload: document }, at) => {
        return { index: `index of ${START_MS + at}`, id, action: "create", document };
      }),
    );
    expect(index.deadlines).toEqual([7]);
  });
});

describe("createEntityIndexSink", () => {
  it("writes the newest state of each entity under its order, and says what became of each", async () => {
    const said = [...SAID, [NEWER, STALE] as const];
    const index = indexOf(said.map(([answer]) => answer));
    const sink = createEntityIndexSink({ index, name: "users", tombstone: TOMBSTONE });
    const batch = said.map((_, at) =>
      deliveryOf(`${at}`, { entityKey: `user ${at}`, order: `${at}`, deleted: at === 1 }),
    );
    expect(await sink.deliver(batch, 7)).toEqual(said.map(([, outcome]) => outcome));
    expect(index.written).toEqual(
      batch.map(({ payload, deleted }, at) => {
        return {
          index: "users",
          id: `user ${at}`,
          action: { order: `${at}` },
          document: deleted ? TOMBSTONE : payload,
        };
      }),
    );
    expect(index.deadlines).toEqual([7]);
  });
});

/** An index that says this of the items, in their order. */
function indexOf(answers: readonly IndexAnswer[]) {
  const written: IndexItem[] = [];
  const deadlines: number[] = [];
  const write = async (items: readonly IndexItem[], deadlineMs: number) => {
    written.push(...items);
    deadlines.push(deadlineMs);
    return answers;
  };
  return { write, written, deadlines };
}
