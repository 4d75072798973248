import { DeliveryError } from "#errors";
import type { Layout } from "../layouts/layout.ts";
import { DELIVERED, DUPLICATE, type Outcome } from "../outcome.ts";
import type { Delivery, Sink } from "../ports.ts";
import type { Files } from "./files.ts";
import type { JournalStream } from "./journal.ts";
import { createMutex } from "./mutex.ts";
import { type Grouped, openSpill, type Spill } from "./spill.ts";

export interface GroupedLakeOptions<Row> {
  readonly files: Files;
  /** File of what is delivered and in no object yet. */
  readonly spill: string;
  readonly journal: Pick<JournalStream, "has">;
  readonly layout: Pick<Layout<Row>, "prepare">;
  /** The lake itself: what it is handed at once is one object per partition. */
  readonly lake: Sink;
  readonly limits: GroupLimits;
  /** Called before the spill is removed: from then on it may be missing. */
  forgetSpill(): Promise<void>;
}

export interface GroupLimits {
  /** Most events of an object. */
  readonly events: number;
  /** Length of payloads, in bytes, from which on an object is full: bounds the memory that writing it takes. */
  readonly bytes: number;
  /** Length of the spill, in bytes, from which on everything is written out. */
  readonly spillBytes: number;
}

export interface GroupedLake extends Sink {
  /** Memory for finding what is in no object yet, in bytes. */
  readonly bytes: number;
  readonly spill: Spill["file"];
  /** Writes everything into objects. */
  publish(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes a lake whose objects gather the events of a partition over many batches.
 *
 * An event is delivered once it is safe in the spill; it is claimed when its object is written. A spill that a run has
 * left is taken up by the next one, but for events that are in an object already.
 */
export async function openGroupedLake<Row>(options: GroupedLakeOptions<Row>): Promise<GroupedLake> {
  const { files, journal, layout } = options;
  const inTurn = createMutex();
  const spill = await openSpill(files, options.spill, (delivery) => {
    const prepared = layout.prepare(delivery);
    return "kind" in prepared || journal.has(delivery.ledgerId) ? undefined : prepared.partition;
  });
  return {
    get bytes() {
      return spill.bytes;
    },
    spill: spill.file,
    deliver: (batch) => inTurn(() => take(batch, spill, options)),
    publish: () => inTurn(() => writeAll(spill, options)),
    close: () => inTurn(() => spill.close()),
  };
}

async function take<Row>(
  batch: readonly Delivery[],
  spill: Spill,
  options: GroupedLakeOptions<Row>,
): Promise<readonly Outcome[]> {
  const fresh = new Map<string, Grouped>();
  const outcomes = batch.map((delivery): Outcome => {
    const { ledgerId } = delivery;
    const prepared = options.layout.prepare(delivery);
    if ("kind" in prepared) return prepared;
    if (fresh.has(ledgerId) || spill.has(ledgerId) || options.journal.has(ledgerId)) return DUPLICATE;
    fresh.set(ledgerId, { delivery, partition: prepared.partition });
    return DELIVERED;
  });
  if (fresh.size > 0) await spill.append([...fresh.values()]);
  await writeFull(spill, options);
  return outcomes;
}

/** Writes the groups that make a full object; all of them, once the spill is long. */
async function writeFull<Row>(spill: Spill, options: GroupedLakeOptions<Row>): Promise<void> {
  const { limits } = options;
  if (spill.file.size >= limits.spillBytes) return writeAll(spill, options);
  for (const [partition, { positions, bytes }] of spill.groups)
    if (positions.length >= limits.events || bytes >= limits.bytes) await write(partition, spill, options);
}

async function writeAll<Row>(spill: Spill, options: GroupedLakeOptions<Row>): Promise<void> {
  for (const partition of [...spill.groups.keys()].sort()) await write(partition, spill, options);
  if (spill.file.size === 0) return;
  await options.forgetSpill();
  await spill.remove();
}

async function write<Row>(partition: string, spill: Spill, { lake, limits }: GroupedLakeOptions<Row>): Promise<void> {
  const { positions = [] } = spill.groups.get(partition) ?? {};
  for (let start = 0; start < positions.length; ) {
    const batch = readObject(positions.slice(start, start + limits.events), limits.bytes, spill);
    await deliverWhole(batch, lake);
    start += batch.length;
  }
  spill.leave(partition);
}

function readObject(positions: readonly number[], maxBytes: number, spill: Spill): readonly Delivery[] {
  const batch: Delivery[] = [];
  let bytes = 0;
  for (const position of positions) {
    const delivery = spill.read(position);
    batch.push(delivery);
    bytes += delivery.payload.length;
    if (bytes >= maxBytes) break;
  }
  return batch;
}

/** What was called delivered has to be; whatever is in the way, the next run takes the spill up. */
async function deliverWhole(batch: readonly Delivery[], lake: Sink): Promise<void> {
  const outcomes = await lake.deliver(batch, Number.POSITIVE_INFINITY);
  const open = outcomes.find(({ kind }) => kind === "retry" || kind === "rejected");
  if (open === undefined || !("code" in open)) return;
  throw new DeliveryError(open.code, "expected an object of these events to be written, got them back", {
    retryable: true,
  });
}
