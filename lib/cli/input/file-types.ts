import { extname } from "node:path";
import { createAnySplitter } from "./split-any.ts";
import { createJsonSplitter } from "./split-json.ts";
import { createLineSplitter } from "./split-lines.ts";
import type { SplitOptions, Splitter } from "./splitter.ts";

/** What the end of a file's name says about its content, `.gz` aside. */
const SPLITTERS: ReadonlyMap<string, (options: SplitOptions) => Splitter> = new Map([
  [".ndjson", createLineSplitter],
  [".jsonl", createLineSplitter],
  [".json", createJsonSplitter],
]);

const GZIP = ".gz";

/** Tells whether a file's name says what is in it: `.ndjson`, `.jsonl` or `.json`, compressed or not. */
export function isInputName(name: string): boolean {
  return SPLITTERS.has(endingOf(innerName(name)));
}

export function isGzipName(name: string): boolean {
  return endingOf(name) === GZIP;
}

/** Finds how a file is split into records; one whose name says nothing is looked into. */
export function findSplitter(name: string): (options: SplitOptions) => Splitter {
  return SPLITTERS.get(endingOf(innerName(name))) ?? createAnySplitter;
}

function innerName(name: string): string {
  return isGzipName(name) ? name.slice(0, -GZIP.length) : name;
}

function endingOf(name: string): string {
  return extname(name).toLowerCase();
}
