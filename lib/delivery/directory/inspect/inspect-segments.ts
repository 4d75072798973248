import { join } from "node:path";
import { isSameExtent, readExtent } from "../extent.ts";
import type { ReadableFile } from "../files.ts";
import { type DirectoryFinding, damage, sizeText } from "./finding.ts";
import type { KeptObject } from "./inspect-journal.ts";
import type { StreamToInspect } from "./stream-to-inspect.ts";

/** Compares a file of segments with those that the journal knows; bytes behind them are of a run that died. */
export async function inspectSegments(stream: StreamToInspect, name: string): Promise<readonly DirectoryFinding[]> {
  const { files, folder, facts } = stream;
  const path = join(folder, name);
  const segments = [...facts.objects.values()];
  const end = segments.reduce((longest, { fileEnd }) => Math.max(longest, fileEnd), 0);
  const file = await files.openToRead(path);
  if (file === undefined) return end === 0 ? [] : [damage(path, sizeText(end), "no file", lostOf(segments, stream))];
  try {
    return inspectOpened(file, { path, end, segments }, stream);
  } finally {
    await file.close();
  }
}

function inspectOpened(
  file: ReadableFile,
  { path, end, segments }: { readonly path: string; readonly end: number; readonly segments: readonly KeptObject[] },
  stream: StreamToInspect,
): readonly DirectoryFinding[] {
  const { facts, isClosed, contents } = stream;
  const cut = segments.filter(({ fileEnd }) => fileEnd > file.size);
  if (cut.length > 0) return [damage(path, sizeText(end), sizeText(file.size), lostOf(cut, stream))];
  const mayBeLonger = !isClosed && facts.unfinished.size > 0;
  if (file.size > end && !mayBeLonger) return [damage(path, sizeText(end), sizeText(file.size))];
  const changed = contents ? segments.filter((segment) => !isAsWritten(segment, file)) : [];
  return changed.length === 0 ? [] : [damage(path, "what was written", "other content", lostOf(changed, stream))];
}

function isAsWritten(segment: KeptObject, file: ReadableFile): boolean {
  return isSameExtent(readExtent(file, segment.fileEnd - segment.bytes, segment.bytes), segment);
}

function lostOf(
  segments: readonly KeptObject[],
  { processor }: StreamToInspect,
): NonNullable<DirectoryFinding["lost"]> {
  return { processor, events: segments.reduce((sum, { events }) => sum + events, 0) };
}
