import { join } from "node:path";
import { mapBounded } from "../../map-bounded.ts";
import { type Extent, isSameExtent, readExtent } from "../extent.ts";
import type { Files } from "../files.ts";
import { spilledRecords } from "../spill-records.ts";
import { type DirectoryFinding, damage, sizeText, unknownFile } from "./finding.ts";
import { inspectFrames } from "./inspect-frames.ts";
import type { KeptObject } from "./inspect-journal.ts";
import type { StreamToInspect } from "./stream-to-inspect.ts";

const PARALLEL = 16;

/** Compares the objects of a folder with those that the journal knows. */
export async function inspectObjects(stream: StreamToInspect): Promise<readonly DirectoryFinding[]> {
  const { files, folder, facts, isClosed, frames: path, known } = stream;
  const spill = await inspectFrames({
    files,
    path,
    known,
    isClosed,
    onFrame: ({ payload }) => [...spilledRecords(payload)],
  });
  const sizes = await sizesBelow(files, folder);
  const kept = await mapBounded([...facts.objects], PARALLEL, async ([key, object]) => {
    return (await inspectObject(key, object, sizes.get(key), stream)) ?? [];
  });
  const left = isClosed ? [] : [facts.unfinished, facts.merging, facts.replaced];
  const unknown = [...sizes.keys()].filter(
    (key) => !(facts.objects.has(key) || left.some((keys) => keys.has(key)) || isHidden(key)),
  );
  return [
    ...(spill === undefined ? [] : [spill]),
    ...kept.flat(),
    ...unknown.map((key) => unknownFile(join(folder, key))),
  ];
}

async function inspectObject(
  key: string,
  object: KeptObject,
  size: number | undefined,
  { files, folder, processor, contents }: StreamToInspect,
): Promise<DirectoryFinding | undefined> {
  const path = join(folder, key);
  const lost = { processor, events: object.events };
  if (size === undefined) return damage(path, sizeText(object.bytes), "no file", lost);
  if (size !== object.bytes) return damage(path, sizeText(object.bytes), sizeText(size), lost);
  if (!contents || isSameExtent(await extentAt(files, path), object)) return undefined;
  return damage(path, "what was written", "other content", lost);
}

export async function extentAt(files: Files, path: string): Promise<Extent> {
  const file = await files.openToRead(path);
  try {
    return file === undefined ? { bytes: -1, checksum: 0 } : readExtent(file, 0, file.size);
  } finally {
    await file?.close();
  }
}

/** Readers of partitioned folders leave out what begins so; file managers and query engines leave such files behind. */
function isHidden(key: string): boolean {
  return key.split("/").some((name) => /^[._]/.test(name));
}

/** Sizes of all files below a folder, by their path in it. */
async function sizesBelow(files: Files, folder: string, above = ""): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const names = await files.list(join(folder, above));
  await mapBounded(names, PARALLEL, async (name) => {
    const key = above === "" ? name : `${above}/${name}`;
    const size = await files.sizeOf(join(folder, key));
    if (size !== undefined) sizes.set(key, size);
    else for (const [below, each] of await sizesBelow(files, folder, key)) sizes.set(below, each);
  });
  return sizes;
}
