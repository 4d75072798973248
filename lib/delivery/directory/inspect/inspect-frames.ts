import { EMPTY, type Extent, isSameExtent } from "../extent.ts";
import type { Files, ReadableFile } from "../files.ts";
import { type Frame, hasFrameBehind, scanFrames } from "../frame-file.ts";
import { type DirectoryFinding, damage, sizeText } from "./finding.ts";

export interface FramesToInspect {
  readonly files: Files;
  readonly path: string;
  /** How the checkpoint knows it. */
  readonly known: Extent;
  /** Nothing may have been written since. */
  readonly isClosed: boolean;
  readonly onFrame: (frame: Frame) => void;
  /** What the file says that it took the place of. */
  readonly replaced?: () => Extent | undefined;
}

/** Looks for damage of a file of frames; one that was not closed may have grown, and its last frame may be torn. */
export async function inspectFrames(options: FramesToInspect): Promise<DirectoryFinding | undefined> {
  const { files, path, known } = options;
  const file = await files.openToRead(path);
  if (file === undefined) return known.bytes === 0 ? undefined : damage(path, sizeText(known.bytes), "no file");
  try {
    return inspectOpened(file, options);
  } finally {
    await file.close();
  }
}

function inspectOpened(file: ReadableFile, { path, known, isClosed, onFrame, replaced }: FramesToInspect) {
  let end = EMPTY;
  let isKnown = isSameExtent(end, known);
  for (const frame of scanFrames(file)) {
    end = frame.extent;
    isKnown ||= isSameExtent(end, known);
    if (!isReadable(frame, onFrame)) return damage(path, "records of this file", "others");
  }
  const replacedOne = replaced?.();
  isKnown ||= replacedOne !== undefined && isSameExtent(replacedOne, known);
  const atLeast = isClosed ? sizeText(known.bytes) : `at least ${sizeText(known.bytes)}`;
  if (!isKnown && end.bytes < known.bytes) return damage(path, `${atLeast} of whole records`, sizeText(end.bytes));
  if (!isKnown) return damage(path, `the ${sizeText(known.bytes)} that the last run left`, "other content");
  if (isClosed && file.size !== known.bytes) return damage(path, atLeast, sizeText(file.size));
  if (hasFrameBehind(file, end.bytes)) return damage(path, `a whole record at byte ${end.bytes}`, "a damaged one");
  return undefined;
}

/** A whole frame can be one of another file: then its records make no sense. */
function isReadable(frame: Frame, read: (frame: Frame) => void): boolean {
  try {
    read(frame);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
