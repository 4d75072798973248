import { join } from "node:path";
import { EMPTY, type Extent, isSameExtent } from "../extent.ts";
import type { Frame } from "../frame-file.ts";
import { publishedAfter } from "../state-log.ts";
import { stateRecords } from "../state-records.ts";
import { type DirectoryFinding, damage, sizeText } from "./finding.ts";
import { inspectFrames } from "./inspect-frames.ts";
import { extentAt } from "./inspect-objects.ts";
import type { StreamToInspect } from "./stream-to-inspect.ts";

/** Looks for damage of a log of states and, where contents are wanted, of the file that is made of it. */
export async function inspectStates(stream: StreamToInspect, name: string): Promise<readonly DirectoryFinding[]> {
  const { files, folder, frames: path, known, isClosed, contents } = stream;
  const log = { published: EMPTY as Extent | undefined, replaces: undefined as Extent | undefined };
  const onFrame = ({ payload }: Frame) => {
    for (const record of stateRecords(payload)) {
      log.published = publishedAfter(record);
      if ("mark" in record && record.mark === "replaces") log.replaces = record.extent;
    }
  };
  const damaged = await inspectFrames({ files, path, known, isClosed, onFrame, replaced: () => log.replaces });
  if (damaged !== undefined) return [damaged];
  return contents ? inspectPublished(join(folder, name), log.published, stream) : [];
}

/** The next run writes it again, so it is no reason to refuse one. */
async function inspectPublished(path: string, published: Extent | undefined, { files }: StreamToInspect) {
  const found: DirectoryFinding[] = [];
  if (published === undefined || published.bytes === 0) return found;
  const extent = await extentAt(files, path);
  if (isSameExtent(extent, published)) return found;
  const again = "what was published last (remove it, and the next run writes it again)";
  found.push(damage(path, again, extent.bytes < 0 ? "no file" : `${sizeText(extent.bytes)} of other content`));
  return found;
}
