import { createDigestTable } from "./digest-table.ts";
import { findDigests } from "./find-digests.ts";
import { findPieces, type WantedTexts } from "./find-grams.ts";
import { createGramTable } from "./gram-table.ts";
import { decodeBase64, decodeHex, listRuns, resolveEscapes, SHORTEST_RUN } from "./runs.ts";

/** How a find is written. */
export type Spelling = "raw" | "reversed" | "base64" | "hex" | "percent" | "digest";

/** A piece of a text, found in an output. */
export interface Find {
  /** Position of the text among those searched for. */
  readonly text: number;
  /** How many symbols of it. */
  readonly length: number;
  readonly spelling: Spelling;
}

export interface SearchFor {
  /** Symbols of the alphabet each. */
  readonly texts: readonly string[];
  /** For each text, the whole values that may have been hashed. */
  readonly hashed: readonly (readonly string[])[];
}

/** Finds texts in outputs, raw and in the usual encodings. */
export interface Searcher {
  find(bytes: Uint8Array): readonly Find[];
}

/** An encoding of an encoding is still found; nobody writes a third one by accident. */
const MAX_ENCODINGS = 2;

const NEWLINE = 0x0a;
const PERCENT = 0x25;
const BACKSLASH = 0x5c;

/** Makes a searcher for texts. Lines are searched once: the same one is often written in several places. */
export function createSearcher({ texts, hashed }: SearchFor): Searcher {
  const wanted: WantedTexts = { texts, grams: createGramTable(texts) };
  const digests = createDigestTable(hashed);
  const known = new Map<string, readonly Find[]>();
  const findIn = (line: Buffer): readonly Find[] => {
    const finds: Find[] = [];
    const found = (find: Find) => finds.push(find);
    findDigests(line, digests, (text) => found({ text, length: texts[text]?.length ?? 0, spelling: "digest" }));
    search(line, MAX_ENCODINGS, { wanted, spelling: "raw", found });
    return finds;
  };
  return {
    find(bytes) {
      return splitLines(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).flatMap((line) => {
        const name = line.toString("latin1");
        const finds = known.get(name) ?? findIn(line);
        known.set(name, finds);
        return finds;
      });
    },
  };
}

/** No encoding that is searched goes on behind the end of a line. */
function splitLines(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, start);
    const line = bytes.subarray(start, end === -1 ? bytes.length : end);
    lines.push(line);
    start += line.length + 1;
  }
  return lines;
}

interface Searching {
  readonly wanted: WantedTexts;
  /** The encoding that is already taken off. */
  readonly spelling: Spelling;
  readonly found: (find: Find) => void;
}

/** Finds pieces as they stand, and whatever is left once one more encoding is taken off. */
function search(bytes: Buffer, encodings: number, searching: Searching): void {
  const { wanted, spelling, found } = searching;
  const plain = new Set<number>();
  findPieces(bytes, wanted, ({ text, length, reversed }) => {
    plain.add(text);
    found({ text, length, spelling: reversed ? "reversed" : spelling });
  });
  if (encodings === 0 || bytes.length < SHORTEST_RUN) return;
  const resolved =
    bytes.includes(PERCENT) || bytes.includes(BACKSLASH) ? resolveEscapes(bytes.toString("latin1")) : undefined;
  if (resolved !== undefined) {
    const isNew = (find: Find) => !plain.has(find.text);
    const percent: Searching = { ...searching, spelling: "percent", found: (find) => isNew(find) && found(find) };
    search(Buffer.from(resolved, "latin1"), encodings - 1, percent);
  }
  for (const { start, end } of listRuns(bytes))
    searchRun(bytes.toString("latin1", start, end), encodings - 1, searching);
}

function searchRun(run: string, encodings: number, searching: Searching): void {
  for (const decoded of decodeBase64(run)) search(decoded, encodings, { ...searching, spelling: "base64" });
  for (const decoded of decodeHex(run)) search(decoded, encodings, { ...searching, spelling: "hex" });
}
