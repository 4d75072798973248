import { dirname, join } from "node:path";
import type { Files } from "../files.ts";
import type { StreamFacts } from "../inspect/inspect-journal.ts";

/** Ends what a compaction that died left half done: of two that hold the same rows one goes. */
export async function settleMerges(files: Files, folder: string, { merging, replaced }: StreamFacts): Promise<void> {
  await removeObjects(files, folder, [...merging, ...replaced]);
}

/** Removes objects that another stands for; none need be there. */
export async function removeObjects(files: Files, folder: string, keys: readonly string[]): Promise<void> {
  const changed = new Set<string>();
  for (const key of keys) {
    const path = join(folder, key);
    if ((await files.sizeOf(path)) === undefined) continue;
    await files.remove(path);
    changed.add(dirname(path));
  }
  for (const directory of changed) await files.syncDirectory(directory);
}
