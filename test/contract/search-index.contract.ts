import { beforeEach, describe, expect, it } from "vitest";
import { rejected } from "#delivery";
import { EXISTS, NEWER, OK } from "#delivery/answer";
import type { IndexItem, SearchIndex } from "#delivery/search-index";

/** What a search index under test offers beside its port. */
export interface SearchIndexUnderTest {
  readonly index: SearchIndex;
  /** An index that takes `{"n": <integer>}`, knows `_shield.order`, and refuses any other field. */
  freshIndex(): Promise<string>;
  /** The document under an id, or undefined. */
  read(index: string, id: string): Promise<unknown>;
}

const FAR = Number.MAX_SAFE_INTEGER;

/** What every search index must do, the one in memory and the real one. */
export function searchIndexContract(start: () => SearchIndexUnderTest): void {
  describe("search index contract", () => {
    let name: string;
    beforeEach(async () => {
      name = await start().freshIndex();
    });

    const write = (...items: readonly IndexItem[]) => start().index.write(items, FAR);
    const create = (id: string, n: number) => item(name, id, { action: "create", n });
    const put = (id: string, order: string, n: number) => item(name, id, { action: { order }, n });

    it("creates a document and keeps the first one of an id", async () => {
      expect(await write(create("a", 1))).toEqual([OK]);
      expect(await write(create("a", 2), create("b", 3))).toEqual([EXISTS, OK]);
      expect(await start().read(name, "a")).toEqual({ n: 1 });
    });

    it("keeps the greatest order whatever comes first", async () => {
      expect(await write(put("a", "5", 5))).toEqual([OK]);
      expect(await write(put("a", "4", 4))).toEqual([NEWER]);
      expect(await write(put("a", "5", 9))).toEqual([EXISTS]);
      expect(await write(put("a", "6", 6))).toEqual([OK]);
      expect(await start().read(name, "a")).toMatchObject({ n: 6 });
    });

    it("compares orders as ASCII, character by character", async () => {
      const rising = ["-", ".", "0", "9", "A", "Z", "_", "a", "z"];
      for (const order of rising) expect(await write(put("a", order, 1))).toEqual([OK]);
      for (const order of rising.slice(0, -1)) expect(await write(put("a", order, 2))).toEqual([NEWER]);
      expect(await write(put("a", "z", 3))).toEqual([EXISTS]);
    });

    it("refuses a document that does not fit, and takes its neighbours", async () => {
      const bad: IndexItem = { ...create("bad", 0), document: Buffer.from('{"unforeseen":1}') };
      expect(await write(create("a", 1), bad, create("b", 2))).toEqual([OK, rejected("SINK_REFUSED"), OK]);
    });

    it("asks to come back where the index does not exist", async () => {
      const [outcome] = await write(item("no-such-index", "a", { action: "create", n: 1 }));
      expect(outcome).toEqual({ kind: "retry", code: "SINK_DENIED", afterMs: 60_000 });
    });

    it("takes nothing for nothing", async () => {
      expect(await write()).toEqual([]);
    });

    it("takes more than fits into one request", async () => {
      const items = Array.from({ length: 2_500 }, (_, n) => create(`many-${n}`, n));
      expect(new Set(await write(...items))).toEqual(new Set([OK]));
      expect(await start().read(name, "many-2499")).toEqual({ n: 2499 });
    });
  });
}

function item(index: string, id: string, { action, n }: { action: IndexItem["action"]; n: number }): IndexItem {
  return { index, id, action, document: Buffer.from(JSON.stringify({ n })) };
}
