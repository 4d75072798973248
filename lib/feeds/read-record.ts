import { decodeUtf8 } from "#json";
import { type Collector, createCollector } from "./collect.ts";
import type { Channel, MalformedCode, Read } from "./envelope.ts";
import { faultAt, type RecordFault, refuse } from "./fault.ts";
import type { Container } from "./form.ts";
import { LINES_CHANNELS } from "./forms.ts";
import { MAX_CONTAINERS, MAX_RECORD_BYTES, MAX_RECORD_DEPTH, MAX_RECORD_ITEMS } from "./limits.ts";
import { type ByteRange, depthOf, itemsOf } from "./places.ts";
import { readEvent } from "./read-event.ts";
import { recogniseContainer, recogniseForm } from "./recognise.ts";
import { type RecordView, viewRecord } from "./record-view.ts";

const NEWLINE = 0x0a;
const SPACE = 0x20;

/**
 * Takes the events out of one record: an envelope, an event, or a container of many.
 *
 * Every event is judged on its own, so that one that is malformed leaves its neighbours alone; only a record that would
 * become more results, or more bytes in quarantine, than one may is refused as a whole. An empty container holds no
 * events. Bodies share the record's memory.
 */
export const readRecord: Read = (record, channel) => {
  if (record.byteLength > MAX_RECORD_BYTES) return [{ malformed: "TOO_LARGE", body: record }];
  const collector = createCollector(record.byteLength);
  collect(record, channel, collector);
  return collector.isSpent ? [{ malformed: "TOO_MANY", body: record }] : collector.found;
};

function collect(record: Uint8Array, channel: Channel, collector: Collector): void {
  const malformed = findProblem(record);
  if (malformed === undefined) readJson(record, { channel, collector }, MAX_CONTAINERS);
  else readLines(record, malformed, { channel, collector });
}

function readLines(record: Uint8Array, malformed: MalformedCode, { channel, collector }: Reading): void {
  const lines = splitLines(record, channel);
  if (lines.length === 0) collector.add({ malformed, body: record });
  if (lines.length > MAX_RECORD_ITEMS) collector.spend();
  for (const line of lines) if (!collector.isSpent) collect(line, channel, collector);
}

/** Nesting comes first, so that `JSON.parse` never meets a text that could exhaust memory. */
function findProblem(record: Uint8Array): MalformedCode | undefined {
  if (depthOf(record) > MAX_RECORD_DEPTH) return "TOO_DEEP";
  const text = decodeUtf8(record);
  if (text === undefined) return "INVALID_UTF8";
  return isJson(text) ? undefined : "INVALID_JSON";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Splits a body of JSON lines; nothing when its first line is not JSON by itself, as that of a broken object is not. */
function splitLines(record: Uint8Array, { kind }: Channel): readonly Uint8Array[] {
  if (!LINES_CHANNELS.includes(kind)) return [];
  const lines: Uint8Array[] = [];
  for (let start = 0; start < record.length; ) {
    if (lines.length > MAX_RECORD_ITEMS) break;
    const end = record.indexOf(NEWLINE, start);
    const line = record.subarray(start, end === -1 ? undefined : end);
    if (line.some((byte) => byte > SPACE)) lines.push(line);
    start += line.length + 1;
  }
  const [first] = lines;
  return first !== undefined && lines.length > 1 && findProblem(first) === undefined ? lines : [];
}

interface Reading {
  readonly channel: Channel;
  readonly collector: Collector;
}

function readJson(json: Uint8Array, reading: Reading, containersLeft: number): void {
  const { channel, collector } = reading;
  const record = viewRecord(json);
  const form = recogniseForm(record, channel);
  if (form !== undefined) collector.add(readEvent(record, form, channel));
  else readItems(record, reading, containersLeft);
}

function readItems(record: RecordView, reading: Reading, containersLeft: number): void {
  const { channel, collector } = reading;
  const container = containersLeft > 0 ? recogniseContainer(record, channel) : undefined;
  const items = container === undefined ? faultAt([], "NOT_AN_EVENT") : findItems(record, container);
  if ("malformed" in items) collector.add(refuse(record.bytes, items));
  else if (items.length > MAX_RECORD_ITEMS) collector.spend();
  else
    for (const { start, end } of items) {
      if (collector.isSpent) return;
      readJson(record.bytes.subarray(start, end), reading, containersLeft - 1);
    }
}

/** The items of a container; one more than a record may have when there are too many. */
function findItems(record: RecordView, { items: path }: Container): readonly ByteRange[] | RecordFault {
  if (record.isAmbiguous(path)) return faultAt(path, "DUPLICATE_KEY");
  const array = record.find(path);
  return array === undefined ? [] : itemsOf(record.bytes, array, MAX_RECORD_ITEMS + 1);
}
