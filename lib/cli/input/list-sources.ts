import { createReadStream, type Dirent, type Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { findSplitter, isGzipName, isInputName } from "./file-types.ts";
import type { InputProblem, InputUnread } from "./input.ts";
import { emptyFolderProblem, missingProblem, readingProblem, unread } from "./problems.ts";
import type { InputSource } from "./source.ts";
import { createAnySplitter } from "./split-any.ts";

/** What the names of inputs are looked up in. */
export interface LookupOptions {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** A folder that is never read, even where it lies in one that is: the output. */
  readonly skip?: string;
}

type Listed = readonly (InputSource | InputProblem | InputUnread)[];

/** Finds what the user named: files, folders with all below them in the order of their names, `-` for standard input. */
export async function listSources(operands: readonly string[], surroundings: LookupOptions): Promise<Listed> {
  const listed = operands.map((operand) =>
    operand === "-" ? [standardInput(surroundings)] : listOperand(operand, surroundings),
  );
  return (await Promise.all(listed)).flat();
}

function standardInput({ stdin }: LookupOptions): InputSource {
  return { file: "-", createSplitter: createAnySplitter, isGzip: false, isUnknown: false, open: () => stdin };
}

async function listOperand(operand: string, surroundings: LookupOptions): Promise<Listed> {
  return inspect(operand, surroundings, async (stats) => {
    if (!stats.isDirectory()) return [fileSource(operand, stats, surroundings)];
    const found = await listFolder(operand, surroundings);
    return found.length > 0 ? found : [emptyFolderProblem(operand)];
  });
}

async function listFolder(folder: string, surroundings: LookupOptions): Promise<Listed> {
  const path = resolve(surroundings.cwd, folder);
  if (isSkipped(folder, surroundings)) return [];
  const entries = await readdir(path, { withFileTypes: true });
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const listed: Listed[] = [];
  for (const entry of sorted) listed.push(await listEntry(join(folder, entry.name), entry, surroundings));
  return listed.flat();
}

function isSkipped(folder: string, { cwd, skip }: LookupOptions): boolean {
  return skip !== undefined && resolve(cwd, folder) === resolve(cwd, skip);
}

/** A link to a folder is not followed, so that no folder is met twice. What is not read is told. */
async function listEntry(file: string, entry: Dirent, surroundings: LookupOptions): Promise<Listed> {
  if (entry.name.startsWith(".")) return isSkipped(file, surroundings) ? [] : [unread(file, "hidden")];
  return inspect(file, surroundings, async (stats) => {
    if (entry.isDirectory()) return listFolder(file, surroundings);
    if (stats.isDirectory()) return [unread(file, "folderLink")];
    if (!stats.isFile()) return [unread(file, "noFile")];
    return [{ ...fileSource(file, stats, surroundings), isUnknown: !isInputName(entry.name) }];
  });
}

/** Whatever cannot be looked at is a problem of its own and keeps nothing else from being read. */
async function inspect(file: string, { cwd }: LookupOptions, list: (stats: Stats) => Promise<Listed>): Promise<Listed> {
  try {
    return await list(await stat(resolve(cwd, file)));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return [isMissing ? missingProblem(file) : readingProblem(file, error)];
  }
}

function fileSource(file: string, stats: Stats, { cwd }: LookupOptions): InputSource {
  return {
    file,
    ...(stats.isFile() ? { size: stats.size } : {}),
    createSplitter: findSplitter(file),
    isGzip: isGzipName(file),
    isUnknown: false,
    open: () => createReadStream(resolve(cwd, file)),
  };
}
