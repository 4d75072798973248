import { describe } from "vitest";
import { MemoryQueue } from "#support/memory-queue";
import { MemorySearchIndex } from "#support/memory-search-index";
import { queueContract } from "./queue.contract.ts";
import { searchIndexContract } from "./search-index.contract.ts";

describe("in memory", () => {
  queueContract(async () => {
    const queue = new MemoryQueue();
    return { queue, drain: async () => queue.drain() };
  });

  const index = new MemorySearchIndex((document) => Buffer.from(document).toString().includes('"n"'));
  let count = 0;
  searchIndexContract(() => ({
    index,
    freshIndex: async () => {
      const name = `index-${count++}`;
      index.createIndex(name);
      return name;
    },
    read: async (name, id) => {
      const stored = index.documents(name).get(id);
      return stored === undefined ? undefined : JSON.parse(Buffer.from(stored.document).toString());
    },
  }));
});
