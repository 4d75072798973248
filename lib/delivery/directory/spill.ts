import { dirname } from "node:path";
import type { Delivery } from "../ports.ts";
import { createDoneTable, SHORT_ID_LENGTH } from "./done-table.ts";
import { EMPTY } from "./extent.ts";
import type { Files } from "./files.ts";
import { type FrameFile, openFrameFile } from "./frame-file.ts";
import { encodeSpilled, readSpilled, spilledRecords } from "./spill-records.ts";

/** What is delivered and in no object yet, in a file that only grows; in memory is where each delivery stands. */
export interface Spill {
  readonly file: Pick<FrameFile, "extent" | "isSound" | "size">;
  /** Memory for finding deliveries, in bytes. */
  readonly bytes: number;
  readonly groups: ReadonlyMap<string, Group>;
  has(ledgerId: string): boolean;
  /** Resolves once the deliveries survive a crash. */
  append(batch: readonly Grouped[]): Promise<void>;
  read(position: number): Delivery;
  /** Forgets a group that is written. */
  leave(partition: string): void;
  /** Begins anew, once everything is written. */
  remove(): Promise<void>;
  close(): Promise<void>;
}

/** A delivery, and the partition whose objects it belongs to. */
export interface Grouped {
  readonly delivery: Delivery;
  readonly partition: string;
}

/** Deliveries of one partition: their positions, and the length of their payloads together. */
export interface Group {
  readonly positions: number[];
  bytes: number;
}

/** Opens a spill, or where one is left: the deliveries in it for which there is a partition still. */
export async function openSpill(
  files: Files,
  path: string,
  partitionOf: (delivery: Delivery) => string | undefined,
): Promise<Spill> {
  // Opened when it is needed: a run that is over leaves none.
  let file = (await files.sizeOf(path)) === undefined ? undefined : await openFrameFile(files, path);
  let index = createIndex();
  for (const { payload, position } of file?.frames() ?? []) {
    for (const { at, delivery } of spilledRecords(payload)) {
      const partition = index.has(delivery.ledgerId) ? undefined : partitionOf(delivery);
      if (partition !== undefined) index.add(position + at, { delivery, partition });
    }
  }
  return {
    file: {
      get size() {
        return file?.size ?? 0;
      },
      get extent() {
        return file?.extent ?? EMPTY;
      },
      get isSound() {
        return file?.isSound ?? true;
      },
    },
    get bytes() {
      return index.bytes();
    },
    get groups() {
      return index.groups;
    },
    has: (ledgerId) => index.has(ledgerId),
    async append(batch) {
      file ??= await openFrameFile(files, path);
      const records = batch.map(({ delivery }) => encodeSpilled(delivery));
      let at = await file.append(Buffer.concat(records));
      for (const [number, each] of batch.entries()) {
        index.add(at, each);
        at += records[number]?.length ?? 0;
      }
    },
    read(position) {
      if (file === undefined) throw new TypeError("expected a spill that is open, got none");
      return readSpilled(file, position);
    },
    leave: (partition) => index.groups.delete(partition),
    async remove() {
      await file?.close();
      await files.remove(path);
      await files.syncDirectory(dirname(path));
      file = undefined;
      index = createIndex();
    },
    close: async () => file?.close(),
  };
}

const POSITION_BYTES = 8;

/** Where deliveries stand, and which there are. */
function createIndex() {
  const groups = new Map<string, Group>();
  const held = createDoneTable(1);
  const shortOf = (ledgerId: string) => ledgerId.slice(0, SHORT_ID_LENGTH);
  return {
    groups,
    has: (ledgerId: string) => held.has(shortOf(ledgerId), 0),
    add(position: number, { delivery, partition }: Grouped): void {
      const group = groups.get(partition) ?? { positions: [], bytes: 0 };
      groups.set(partition, group);
      group.positions.push(position);
      group.bytes += delivery.payload.length;
      held.add(shortOf(delivery.ledgerId), 0);
    },
    bytes: () =>
      [...groups.values()].reduce((sum, { positions }) => sum + positions.length * POSITION_BYTES, held.bytes),
  };
}
