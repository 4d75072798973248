import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { measureAll, precisionOf, recallOf, renderFigures, withFigures } from "../bench/scrub/figures.ts";
import { readMessages } from "../bench/scrub/read-messages.ts";

const MIN_RECALL = 0.97;
const MIN_PRECISION = 0.95;

describe("scrub_text finds what it says that it finds", () => {
  const figures = measureAll();
  const sets = Object.entries(figures).flatMap(([set, scores]) =>
    [...scores].map(([category, score]: [string, Parameters<typeof recallOf>[0]]) => ({ set, category, score })),
  );

  it.each(sets)("$category in messages that are $set", ({ score }) => {
    expect(recallOf(score)).toBeGreaterThanOrEqual(MIN_RECALL);
    expect(precisionOf(score)).toBeGreaterThanOrEqual(MIN_PRECISION);
  });

  it("has enough messages, each category among them", () => {
    expect(readMessages().length).toBeGreaterThanOrEqual(150);
    expect([...figures.handWritten.keys()]).toEqual([...figures.known.keys()]);
  });

  it("has today's figures in the README: npm run bench:scrub", () => {
    const page = readFileSync(new URL("../../lib/transforms/README.md", import.meta.url), "utf8");
    expect(page).toBe(withFigures(page, renderFigures(figures)));
    expect(page).toContain("<!-- scrub_text figures -->");
  });
});
