/**
 * Prints how much of what is personal `scrub_text` finds, and how much of what it takes is, and writes both into the
 * README of transforms. Spans are hidden when nothing of them stays, and exact when they take nothing else.
 *
 * npm run bench:scrub
 */
import { readFileSync, writeFileSync } from "node:fs";
import { measureAll, renderFigures, withFigures } from "./scrub/figures.ts";

const README = new URL("../../lib/transforms/README.md", import.meta.url);

const table = renderFigures(measureAll());
console.log(table);
writeFileSync(README, withFigures(readFileSync(README, "utf8"), table));
