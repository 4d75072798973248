import { dirname } from "node:path";
import type { StateDelivery } from "../entity-state.ts";
import type { WriteLine } from "../layouts/line-layout.ts";
import { DELIVERED, DUPLICATE, type Outcome, STALE } from "../outcome.ts";
import type { Sink } from "../ports.ts";
import { deliverNewest } from "../protocols/newest.ts";
import { EMPTY, type Extent, extend } from "./extent.ts";
import type { Files, OpenFile } from "./files.ts";
import { createMutex } from "./mutex.ts";
import { openStateLog, type StateLog } from "./state-log.ts";
import type { State } from "./state-records.ts";

export interface NewestStoreOptions {
  readonly files: Files;
  /** File of the states in the order of their arrival. */
  readonly log: string;
  /** File that consumers read: the newest state of each entity. */
  readonly published: string;
  /** Where that file is written before it gets its name, on the same file system. */
  readonly aside: string;
  readonly writeLine: WriteLine;
  /** How the directory's checkpoint knows the log. */
  readonly known: Extent;
}

export interface NewestStore extends Sink {
  /** Memory for finding states, in bytes. */
  readonly bytes: number;
  readonly log: Pick<StateLog, "extent" | "isSound">;
  /** Writes the newest states for consumers to read, if there are others than last time. */
  publish(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a sink that keeps the newest state of each entity.
 *
 * A state is delivered once it is safe in the log; consumers see it when it is published, all states at once. Needs no
 * ledger: an equal order is a duplicate, a lower one is stale.
 */
export async function openNewestStore(options: NewestStoreOptions): Promise<NewestStore> {
  const { files, writeLine, published } = options;
  const log = await openStateLog(files, options.log, options.known);
  const inTurn = createMutex();
  return {
    get bytes() {
      return log.bytes;
    },
    log,
    deliver: (batch) => inTurn(() => deliverNewest(batch, (newest) => take(newest, log, writeLine))),
    publish: () =>
      inTurn(async () => {
        if (log.published()?.bytes === ((await files.sizeOf(published)) ?? -1)) return;
        await log.markPublished(await writeLines(log.newestLines(), options));
      }),
    close: () => inTurn(() => log.close()),
  };
}

/** Takes the states, of distinct entities, that are newer than what is there. */
async function take(
  states: readonly StateDelivery[],
  log: StateLog,
  writeLine: WriteLine,
): Promise<readonly Outcome[]> {
  const taken: State[] = [];
  const outcomes = states.map((delivery): Outcome => {
    const { entityKey, order } = delivery;
    const known = log.newestOf(entityKey);
    if (known !== undefined && known.order >= order) return known.order === order ? DUPLICATE : STALE;
    const sequence = (known?.sequence ?? 0) + 1;
    const line = writeLine({ ...delivery, sequence });
    if (!(line instanceof Uint8Array)) return line;
    taken.push({ entityKey, order, sequence, line });
    return DELIVERED;
  });
  if (taken.length > 0) await log.append(taken);
  return outcomes;
}

const WRITE_BYTES = 2 ** 20;

async function writeLines(
  lines: Iterable<Uint8Array>,
  { files, aside, published }: NewestStoreOptions,
): Promise<Extent> {
  await files.remove(aside);
  const file = await files.open(aside);
  let extent = EMPTY;
  try {
    extent = await writeAll(lines, file);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(aside, published);
  await files.syncDirectory(dirname(published));
  return extent;
}

async function writeAll(lines: Iterable<Uint8Array>, file: OpenFile): Promise<Extent> {
  let extent = EMPTY;
  let gathered: Uint8Array[] = [];
  let bytes = 0;
  const flush = async () => {
    const piece = Buffer.concat(gathered);
    await file.write(piece, file.size);
    extent = extend(extent, piece);
    [gathered, bytes] = [[], 0];
  };
  for (const line of lines) {
    gathered.push(line);
    bytes += line.length;
    if (bytes >= WRITE_BYTES) await flush();
  }
  await flush();
  return extent;
}
