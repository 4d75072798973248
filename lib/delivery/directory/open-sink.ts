import { join } from "node:path";
import { ConfigError } from "#errors";
import { formatOf } from "#formats";
import type { Plan, SinkName } from "#plan";
import { entityIndexLines, logIndexLines } from "../layouts/bulk-lines.ts";
import { createLakeLayout } from "../layouts/lake-layout.ts";
import type { Layout } from "../layouts/layout.ts";
import { createLineLayout, type WriteLine } from "../layouts/line-layout.ts";
import { messageLines } from "../layouts/queue-lines.ts";
import { fifoMessage, standardMessage } from "../messages.ts";
import type { ClaimLedger, Clock, ObjectStore, Random, Sink, Stream } from "../ports.ts";
import { createLakeSink, type LakeLimits } from "../protocols/lake.ts";
import type { Files } from "./files.ts";
import type { JournalStream } from "./journal.ts";
import { openNewestStore } from "./newest-store.ts";
import { openPartStore } from "./part-store.ts";
import { folderOf } from "./register.ts";
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
  readonly clock: Clock;
  readonly random: Random;
}

/** A sink that holds files open. */
export interface OpenedSink extends Sink {
  /** Memory beside the ledger's, in bytes. */
  readonly bytes?: number;
  publish?(): Promise<void>;
  close?(): Promise<void>;
}

/** What a sink that is one file of lines looks like. */
interface LineFile {
  readonly name: string;
  lines(stream: Stream): WriteLine;
}

type OpenSink = (plan: Plan, place: SinkPlace) => Promise<OpenedSink>;

/** Every kind of sink. */
const SINKS: Readonly<Record<SinkName, OpenSink>> = {
  LAKE: openLake,
  LOG_INDEX: lineSink({ name: "bulk.ndjson", lines: logIndexLines }),
  ENTITY_INDEX: lineSink({ name: "bulk.ndjson", lines: entityIndexLines }),
  FIFO_QUEUE: lineSink({ name: "messages.ndjson", lines: () => messageLines(fifoMessage) }),
  STANDARD_QUEUE: lineSink({ name: "messages.ndjson", lines: () => messageLines(standardMessage) }),
};

/** One process, no throttling, no lost responses: everything may be under way at once, and leases are for stalls only. */
const LIMITS: LakeLimits = {
  leaseMs: 300_000,
  rememberMs: Number.POSITIVE_INFINITY,
  parallelClaims: 100_000,
  parallelWrites: 16,
  attempts: 1,
  reserveMs: 0,
};

/** Opens the sink of a plan in its folder. */
export function openSink(plan: Plan, place: SinkPlace): Promise<OpenedSink> {
  return SINKS[plan.delivery.sink](plan, place);
}

async function openLake(plan: Plan, place: SinkPlace): Promise<OpenedSink> {
  const objects = await openPartStore({ ...place, root: place.folder });
  return sinkOver(objects, createLakeLayout(await formatOf(plan)), place);
}

function lineSink(file: LineFile): OpenSink {
  return async ({ processor, delivery }, place) => {
    if (delivery.format !== "JSON") throw wrongFormat(processor, delivery.format);
    return delivery.mode === "NEWEST_STATE" ? openNewest(file, place) : openLines(file, place);
  };
}

/** Opens the sink of rejected events: one line each. */
export function openQuarantine(place: SinkPlace): Promise<OpenedSink> {
  const line: WriteLine = ({ payload }) => Buffer.concat([payload, Buffer.from("\n")]);
  return openLines({ name: "rejected.ndjson", lines: () => line }, place);
}

async function openLines({ name, lines }: LineFile, place: SinkPlace): Promise<OpenedSink> {
  const objects = await openSegmentStore({ ...place, path: join(place.folder, name) });
  return { ...sinkOver(objects, createLineLayout(lines(place.stream)), place), close: objects.close };
}

function openNewest({ name, lines }: LineFile, place: SinkPlace): Promise<OpenedSink> {
  const { files, folder, stream, states, temporary } = place;
  return openNewestStore({
    files,
    log: join(states, folderOf(stream)),
    published: join(folder, name),
    aside: join(temporary, `${folderOf(stream)}-${name}`),
    writeLine: lines(stream),
  });
}

function sinkOver<Row>(objects: ObjectStore, layout: Layout<Row>, place: SinkPlace): Sink {
  return createLakeSink({ ...place, objects, layout, limits: LIMITS });
}

function wrongFormat(processor: string, format: string): ConfigError {
  return new ConfigError(`expected format JSON for ${processor}, got ${format}: only lakes have other formats`);
}
