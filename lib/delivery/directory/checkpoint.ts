import { basename, dirname } from "node:path";
import { crc32 } from "node:zlib";
import { ConfigError } from "#errors";
import { EMPTY, type Extent } from "./extent.ts";
import { type Files, readWhole, writeWhole } from "./files.ts";

/**
 * How a directory's own files were when it was opened or closed last, as a witness beside them.
 *
 * A journal that lost its tail at the end of a record is a whole journal: only what stands elsewhere can tell.
 */
export interface Checkpoint {
  /** Random name of the directory. */
  readonly directory: string;
  /** True: the last run has closed it, and everything is as stated. False: what is stated may have grown since. */
  readonly isClosed: boolean;
  /** How many streams the register had. */
  readonly streams: number;
  /** Latest time that a run has seen, in ms since the epoch. */
  readonly latestMs: number;
  /** Files of frames by their path below `.shield`. */
  readonly files: Readonly<Record<string, Extent>>;
}

/** How the checkpoint knows a file; one that is new is empty. */
export function knownExtent(checkpoint: Checkpoint | undefined, file: string): Extent {
  return checkpoint?.files[file] ?? EMPTY;
}

/** @throws {ConfigError} OUTPUT_DAMAGED */
export async function readCheckpoint(files: Files, path: string): Promise<Checkpoint | undefined> {
  const bytes = await readWhole(files, path);
  return bytes && unsealJson<Checkpoint>(bytes, path);
}

export async function writeCheckpoint(files: Files, path: string, checkpoint: Checkpoint): Promise<void> {
  await replaceWhole(files, path, sealJson(path, checkpoint));
}

/** Writes a file anew: whoever opens it finds what it was or what it is. */
export async function replaceWhole(files: Files, path: string, bytes: Uint8Array): Promise<void> {
  const aside = `${path}.new`;
  await writeWhole(files, aside, bytes);
  await files.rename(aside, path);
  await files.syncDirectory(dirname(path));
}

interface Sealed {
  /** Name of the file: none is taken for another. */
  readonly file: string;
  readonly content: unknown;
  readonly checksum: number;
}

/** Writes the JSON of a file with its CRC-32, so that a flipped bit is not taken for content. */
export function sealJson(path: string, content: object): Uint8Array {
  const sealed: Sealed = { file: basename(path), content, checksum: crc32(JSON.stringify(content)) };
  return Buffer.from(`${JSON.stringify(sealed, undefined, 2)}\n`);
}

/** @throws {ConfigError} OUTPUT_DAMAGED for what `sealJson` did not write */
export function unsealJson<Content>(bytes: Uint8Array, path: string): Content {
  const { file, content, checksum } = parse(bytes, path) ?? {};
  const isAsWritten = content !== undefined && crc32(JSON.stringify(content)) === checksum;
  if (isAsWritten && file === basename(path)) return content as Content;
  throw new ConfigError(`expected what the last run wrote in ${path}, got other content`, { code: "OUTPUT_DAMAGED" });
}

function parse(bytes: Uint8Array, path: string): Partial<Sealed> | null {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch (cause) {
    throw new ConfigError(`expected JSON in ${path}, got something else`, { code: "OUTPUT_DAMAGED", cause });
  }
}
