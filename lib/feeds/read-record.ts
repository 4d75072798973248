import { decodeUtf8 } from "#json";
import type { Channel, Envelope, Malformed, MalformedCode, Read } from "./envelope.ts";
import { type Fault, faultAt, refuse } from "./fault.ts";
import type { Container } from "./form.ts";
import { LINES_CHANNELS } from "./forms.ts";
import { MAX_CONTAINERS, MAX_RECORD_BYTES, MAX_RECORD_DEPTH, MAX_RECORD_ITEMS } from "./limits.ts";
import { depthOf, itemsOf, type Place } from "./places.ts";
import { readEvent } from "./read-event.ts";
import { recogniseContainer, recogniseForm } from "./recognise.ts";
import { type RecordView, viewRecord } from "./record-view.ts";

const NEWLINE = 0x0a;
const SPACE = 0x20;

/**
 * Takes the events out of one record: an envelope, an event, or a container of many.
 *
 * Every event is judged on its own, so that one that is malformed leaves its neighbours alone. An empty container holds
 * no events. Bodies share the record's memory.
 */
export const readRecord: Read = (record, channel) => {
  if (record.byteLength > MAX_RECORD_BYTES) return [{ malformed: "TOO_LARGE", body: record }];
  const malformed = findProblem(record);
  if (malformed === undefined) return readJson(record, channel, MAX_CONTAINERS);
  const lines = splitLines(record, channel);
  return lines.length > 0 ? lines.flatMap((line) => readRecord(line, channel)) : [{ malformed, body: record }];
};

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
    if (lines.length === MAX_RECORD_ITEMS) return [];
    const end = record.indexOf(NEWLINE, start);
    const line = record.subarray(start, end === -1 ? undefined : end);
    if (line.some((byte) => byte > SPACE)) lines.push(line);
    start += line.length + 1;
  }
  const [first] = lines;
  return first !== undefined && lines.length > 1 && findProblem(first) === undefined ? lines : [];
}

type Reading = readonly (Envelope | Malformed)[];

function readJson(json: Uint8Array, channel: Channel, containersLeft: number): Reading {
  const record = viewRecord(json);
  const form = recogniseForm(record, channel);
  if (form !== undefined) return [readEvent(record, form, channel)];
  const container = containersLeft > 0 ? recogniseContainer(record, channel) : undefined;
  if (container === undefined) return [refuse(record.bytes, faultAt([], "NOT_AN_EVENT"))];
  const items = findItems(record, container);
  if ("malformed" in items) return [refuse(record.bytes, items)];
  return items.flatMap(({ start, end }) => readJson(record.bytes.subarray(start, end), channel, containersLeft - 1));
}

function findItems(record: RecordView, { items: path }: Container): readonly Place[] | Fault {
  if (record.isAmbiguous(path)) return faultAt(path, "DUPLICATE_KEY");
  const array = record.find(path);
  const items = array && itemsOf(record.bytes, array, MAX_RECORD_ITEMS);
  return items ?? faultAt(path, "TOO_LARGE");
}
