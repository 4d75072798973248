import { basename, join } from "node:path";
import { ConfigError } from "#errors";
import { formatOf } from "#formats";
import type { Mode, Plan, SinkName } from "#plan";
import { entityIndexLines, logIndexLines } from "../layouts/bulk-lines.ts";
import { createLakeLayout } from "../layouts/lake-layout.ts";
import type { Layout } from "../layouts/layout.ts";
import { createLineLayout, type WriteLine } from "../layouts/line-layout.ts";
import { messageLines } from "../layouts/queue-lines.ts";
import { fifoMessage, standardMessage } from "../messages.ts";
import type { ClaimLedger, Clock, ObjectStore, Random, Sink, Stream } from "../ports.ts";
import { createLakeSink } from "../protocols/lake.ts";
import type { LakeLimits } from "../protocols/lake-options.ts";
import type { Extent } from "./extent.ts";
import type { Files } from "./files.ts";
import type { FrameFile } from "./frame-file.ts";
import { type GroupLimits, openGroupedLake } from "./grouped-lake.ts";
import type { JournalStream } from "./journal.ts";
import { openNewestStore } from "./newest-store.ts";
import { openPartStore } from "./part-store.ts";
import { folderOf, type StreamOutput, spillOf, stateLogOf } from "./register.ts";
import { openSegmentStore } from "./segment-store.ts";

/** Where a sink of a directory works. */
export interface SinkPlace {
  readonly files: Files;
  readonly stream: Stream;
  /** Directory of the stream's output. It exists. */
  readonly folder: string;
  /** Directories, beside the output, for logs of states and for files that are being written. They exist. */
  readonly states: string;
  readonly temporary: string;
  readonly ledger: ClaimLedger;
  readonly journal: JournalStream;
  /** How the directory's checkpoint knows a file below `.shield`. */
  known(file: string): Extent;
  /** Makes the checkpoint forget such a file, before it is removed. */
  forget(file: string): Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
}

/** A sink that holds files open. */
export interface OpenedSink extends Sink {
  /** Memory beside the ledger's, in bytes. */
  readonly bytes?: number;
  /** Files of frames of its own, by their path below `.shield`. */
  frameFiles?(): Readonly<Record<string, Pick<FrameFile, "extent" | "isSound">>>;
  publish?(): Promise<void>;
  close?(): Promise<void>;
}

/** What a sink that is one file of lines looks like. */
interface LineFile {
  readonly name: string;
  lines(stream: Stream): WriteLine;
}

interface SinkKind {
  /** What it keeps on the disk. */
  output(mode: Mode): StreamOutput;
  open(plan: Plan, place: SinkPlace): Promise<OpenedSink>;
}

/** Every kind of sink. */
const SINKS: Readonly<Record<SinkName, SinkKind>> = {
  LAKE: { output: () => ({ kind: "objects" }), open: openLake },
  LOG_INDEX: lineSink({ name: "bulk.ndjson", lines: logIndexLines }),
  ENTITY_INDEX: lineSink({ name: "bulk.ndjson", lines: entityIndexLines }),
  FIFO_QUEUE: lineSink({ name: "messages.ndjson", lines: () => messageLines(fifoMessage) }),
  STANDARD_QUEUE: lineSink({ name: "messages.ndjson", lines: () => messageLines(standardMessage) }),
};

/** One process, no throttling, no lost responses: leases are for stalls only. A claim under way takes 5 KB, and those of a turn share a write. */
const LIMITS: LakeLimits = {
  leaseMs: 300_000,
  rememberMs: Number.POSITIVE_INFINITY,
  parallelClaims: 2_000,
  parallelWrites: 16,
  attempts: 1,
  reserveMs: 0,
};

/** Objects that query engines like, in memory that a laptop has; positions in the spill fit 32 bits. */
export const GROUPS: GroupLimits = { events: 50_000, bytes: 24 * 2 ** 20, spillBytes: 2 ** 35 };

/** What the sink of a plan keeps on the disk. */
export function outputOf({ delivery: { sink, mode } }: Plan): StreamOutput {
  return SINKS[sink].output(mode);
}

/** Opens the sink of a plan in its folder. */
export function openSink(plan: Plan, place: SinkPlace): Promise<OpenedSink> {
  return SINKS[plan.delivery.sink].open(plan, place);
}

async function openLake(plan: Plan, place: SinkPlace): Promise<OpenedSink> {
  const objects = await openPartStore({ ...place, root: place.folder });
  const format = await formatOf(plan);
  const layout = createLakeLayout(format);
  const spill = spillOf(place.stream);
  const lake = await openGroupedLake({
    ...{ files: place.files, journal: place.journal, layout, limits: GROUPS },
    lake: sinkOver(objects, layout, place),
    spill: join(place.temporary, basename(spill)),
    forgetSpill: () => place.forget(spill),
  });
  return {
    ...lake,
    get bytes() {
      return lake.bytes;
    },
    frameFiles: () => ({ [spill]: lake.spill }),
  };
}

function lineSink(file: LineFile): SinkKind {
  return {
    output: (mode) => ({ kind: mode === "NEWEST_STATE" ? "states" : "segments", file: file.name }),
    async open({ processor, delivery }, place) {
      if (delivery.format !== "JSON") throw wrongFormat(processor, delivery.format);
      return delivery.mode === "NEWEST_STATE" ? openNewest(file, place) : openLines(file, place);
    },
  };
}

export const QUARANTINE_FILE = "rejected.ndjson";

/** Opens the sink of rejected events: one line each. */
export function openQuarantine(place: SinkPlace): Promise<OpenedSink> {
  const line: WriteLine = ({ payload }) => Buffer.concat([payload, Buffer.from("\n")]);
  return openLines({ name: QUARANTINE_FILE, lines: () => line }, place);
}

async function openLines({ name, lines }: LineFile, place: SinkPlace): Promise<OpenedSink> {
  const objects = await openSegmentStore({ ...place, path: join(place.folder, name) });
  return { ...sinkOver(objects, createLineLayout(lines(place.stream)), place), close: objects.close };
}

async function openNewest({ name, lines }: LineFile, place: SinkPlace): Promise<OpenedSink> {
  const { files, folder, stream, states, temporary } = place;
  const log = stateLogOf(stream);
  const store = await openNewestStore({
    files,
    log: join(states, folderOf(stream)),
    published: join(folder, name),
    aside: join(temporary, `${folderOf(stream)}-${name}`),
    writeLine: lines(stream),
    known: place.known(log),
  });
  return {
    ...store,
    get bytes() {
      return store.bytes;
    },
    frameFiles: () => ({ [log]: store.log }),
  };
}

function sinkOver<Row>(objects: ObjectStore, layout: Layout<Row>, place: SinkPlace): Sink {
  return createLakeSink({ ...place, objects, layout, limits: LIMITS });
}

function wrongFormat(processor: string, format: string): ConfigError {
  return new ConfigError(`expected format JSON for ${processor}, got ${format}: only lakes have other formats`);
}
