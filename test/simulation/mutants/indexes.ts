import { retry } from "#delivery";
import { NEWER, OK } from "#delivery/answer";
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
    name: "lets the last one to arrive win a tie",
    store: (documents) => ({
      write: async (items) =>
        items.map(({ index, id, action, document }): IndexAnswer => {
          const version = typeof action === "object" ? action.version : 0n;
          if ((documents.documents(index).get(id)?.version ?? -1n) > version) return NEWER;
          documents.put(index, id, { version, document });
          return OK;
        }),
    }),
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
    name: "writes states in the order they arrive, without their version",
    store: (documents) => ({
      write: async (items) =>
        items.map(({ index, id, document }): IndexAnswer => {
          documents.put(index, id, { version: 0n, document });
          return OK;
        }),
    }),
  },
];
