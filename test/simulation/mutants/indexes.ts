import { type Delivery, retry } from "#delivery";
import { OK } from "#delivery/answer";
import type { IndexAnswer } from "#delivery/search-index";
import type { IndexMutation } from "../scenarios/indexes.ts";

/** Planted bugs of the log index. */
export const LOG_INDEX_MUTANTS: readonly IndexMutation[] = [
  {
    name: "takes a document that is there for a failure",
    index: (index) => ({
      write: async (items, deadlineMs) =>
        (await index.write(items, deadlineMs)).map(
          (answer): IndexAnswer => (answer.kind === "exists" ? retry("SINK_FAILED") : answer),
        ),
    }),
  },
  {
    name: "takes an unknown outcome for success",
    index: (index) => ({
      write: async (items, deadlineMs) =>
        (await index.write(items, deadlineMs)).map((answer): IndexAnswer => (answer.kind === "unknown" ? OK : answer)),
    }),
  },
];

/** Planted bugs of the entity index. */
export const ENTITY_INDEX_MUTANTS: readonly IndexMutation[] = [
  {
    name: "lets a later time revive what is gone",
    delivery: reordered(({ life, gone, times, tie }) => [life, ...times, gone, tie]),
  },
  { name: "knows one life only", delivery: reordered(({ gone, times, tie }) => ["", gone, ...times, tie]) },
  {
    name: "lets a deletion without a birth end nothing",
    delivery: reordered(({ life, gone, times: [own = "", event = ""], tie }) => {
      return [life === own && gone === "1" ? "" : life, gone, own, event, tie];
    }),
  },
  {
    name: "cuts times to the millisecond, and leaves the event's out",
    delivery: reordered(({ life, gone, times: [own = ""], tie }) => [
      life,
      gone,
      own.slice(0, -3),
      [...tie].reverse().join(""),
    ]),
  },
  {
    name: "deletes the document of what is gone",
    store: (documents) => ({
      async write(items) {
        const results = await documents.write(items);
        for (const [position, { index, id, document }] of items.entries()) {
          const isTombstone = Buffer.from(document).includes("deleted");
          if (results[position]?.kind === "ok" && isTombstone) documents.remove(index, id);
        }
        return results;
      },
    }),
  },
  {
    name: "takes an unknown outcome for success",
    index: (index) => ({
      write: async (items, deadlineMs) =>
        (await index.write(items, deadlineMs)).map((answer): IndexAnswer => (answer.kind === "unknown" ? OK : answer)),
    }),
  },
  {
    name: "writes states in the order they arrive, without their order",
    store: (documents) => ({
      write: async (items) =>
        items.map(({ index, id, document }): IndexAnswer => {
          documents.put(index, id, { document });
          return OK;
        }),
    }),
  },
];

interface Parts {
  readonly life: string;
  /** "1" where the state is a deletion. */
  readonly gone: string;
  readonly times: readonly string[];
  readonly tie: string;
}

/** Makes the order of each state anew. */
function reordered(write: (parts: Parts) => readonly string[]) {
  return (delivery: Delivery): Delivery => {
    const [life = "", gone = "", own = "", event = "", tie = ""] =
      /^(\d+)\.(\d)\.(\d+)\.(\d+)\.(.+)$/.exec(delivery.order ?? "")?.slice(1) ?? [];
    return { ...delivery, order: write({ life, gone, times: [own, event], tie }).join(".") };
  };
}
