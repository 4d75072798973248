import { describe, expect, it } from "vitest";
import { indexName, logIndexName } from "#delivery/layouts/bulk-lines";
import { GENERATION, PROCESSOR_NAME } from "#plan";
import { folderOf } from "../../lib/delivery/directory/register.ts";

const DAY = Date.parse("2026-03-04T00:00:00Z");

/** Names made of few symbols, so that parts of one look like parts of another; the rules choose among them. */
const WORDS = wordsOf(["g", "1", "G", "_", "-", "."], 5);
const PROCESSORS = WORDS.filter((word) => PROCESSOR_NAME.pattern.test(word));
const GENERATIONS = WORDS.filter((word) => GENERATION.pattern.test(word)).filter(({ length }) => length < 4);
const STREAMS = PROCESSORS.flatMap((processor) => GENERATIONS.map((generation) => ({ processor, generation })));

describe("names made of a processor and a generation", () => {
  it.each([
    ["index", indexName],
    ["index of a day", (stream: { processor: string; generation: string }) => logIndexName(stream, DAY)],
    ["folder", folderOf],
    [
      "folder, where case does not count",
      (stream: { processor: string; generation: string }) => folderOf(stream).toLowerCase(),
    ],
  ])("no two have one %s", (_title, nameOf) => {
    expect(STREAMS.length).toBeGreaterThan(500);
    expect(new Set(STREAMS.map(nameOf)).size).toBe(STREAMS.length);
  });

  it("no index of states has the name of an index of a day", () => {
    const days = new Set(STREAMS.map((stream) => logIndexName(stream, DAY)));
    expect(STREAMS.map(indexName).filter((name) => days.has(name))).toEqual([]);
  });
});

/** Every word of 1 to `length` symbols. */
function wordsOf(symbols: readonly string[], length: number): readonly string[] {
  if (length === 0) return [];
  const shorter = wordsOf(symbols, length - 1);
  const longest = shorter.length === 0 ? [""] : shorter.filter((word) => word.length === length - 1);
  return [...shorter, ...longest.flatMap((word) => symbols.map((symbol) => word + symbol))];
}
