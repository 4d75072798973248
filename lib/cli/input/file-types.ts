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

/** Tells whether a file in a folder is taken for input: `.ndjson`, `.jsonl`, `.json`, or anything compressed by gzip. */
export function isInputName(name: string): boolean {
  return isGzipName(name) || SPLITTERS.has(endingOf(name));
}

export function isGzipName(name: string): boolean {
  return endingOf(name) === GZIP;
}

/** Finds how a file is split into records; one whose name says nothing is looked into. */
export function findSplitter(name: string): (options: SplitOptions) => Splitter {
  const inner = isGzipName(name) ? name.slice(0, -GZIP.length) : name;
  return SPLITTERS.get(endingOf(inner)) ?? createAnySplitter;
}

function endingOf(name: string): string {
  return extname(name).toLowerCase();
}
