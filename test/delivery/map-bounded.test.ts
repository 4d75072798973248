import { describe, expect, it } from "vitest";
import { mapBounded } from "#delivery/map-bounded";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("mapBounded", () => {
  it("keeps results in the order of the items, whichever call ends first", async () => {
    const results = await mapBounded([3, 1, 2], 3, async (item, index) => {
      for (let turns = 0; turns < item; turns++) await turn();
      return `${index}:${item}`;
    });
    expect(results).toEqual(["0:3", "1:1", "2:2"]);
  });

  it.each([{ limit: 1 }, { limit: 3 }, { limit: 100 }])("has at most $limit calls under way", async ({ limit }) => {
    let [running, most] = [0, 0];
    await mapBounded(Array.from({ length: 10 }), limit, async () => {
      most = Math.max(most, ++running);
      await turn();
      running--;
    });
    expect(most).toBe(Math.min(limit, 10));
  });

  it("throws the first failure once nothing is under way any more, and begins nothing after it", async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const mapping = mapBounded([0, 1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await turn();
      if (item === 1) throw new Error("item 1");
      await turn();
      ended.push(item);
    });
    await expect(mapping).rejects.toThrow("item 1");
    expect({ begun, ended }).toEqual({ begun: [0, 1], ended: [0] });
  });

  it("maps nothing to nothing", async () => {
    expect(await mapBounded([], 5, async () => 1)).toEqual([]);
  });
});
