import { decodeCarried } from "./carried.ts";
import { type Collector, createCollector } from "./collect.ts";
import type { Channel, Malformed, Read } from "./envelope.ts";
import { faultAt, type RecordFault, refuse } from "./fault.ts";
import { findProblem } from "./find-problem.ts";
import type { Carrier, Container } from "./form.ts";
import { MAX_RECORD_BYTES, MAX_RECORD_ITEMS, MAX_WRAPPERS } from "./limits.ts";
import { type ByteRange, itemsOf } from "./places.ts";
import { readEvent } from "./read-event.ts";
import { isMarker, recogniseCarrier, recogniseContainer, recogniseForm } from "./recognise.ts";
import { type RecordView, viewRecord } from "./record-view.ts";
import { splitRecord } from "./split-record.ts";

const NOT_AN_EVENT = faultAt([], "NOT_AN_EVENT");

/**
 * Takes the events out of one record: an envelope, an event, a container of many, or what carries any of these as text.
 *
 * Every event is judged on its own, so that one that is malformed leaves its neighbours alone; only a record that would
 * become more results, or more bytes in quarantine, than one may is refused as a whole. An empty container holds no
 * events, and neither does a marker. Bodies share the record's memory, unless they were carried as text.
 */
export const readRecord: Read = (record, channel) => {
  if (record.byteLength > MAX_RECORD_BYTES) return [{ malformed: "TOO_LARGE", body: record }];
  const collector = createCollector(record.byteLength);
  collect(record, { channel, collector, wrappersLeft: MAX_WRAPPERS });
  return collector.isSpent ? [{ malformed: "TOO_MANY", body: record }] : collector.found;
};

interface Reading {
  readonly channel: Channel;
  readonly collector: Collector;
  readonly wrappersLeft: number;
}

function collect(record: Uint8Array, reading: Reading): void {
  const malformed = findProblem(record);
  if (malformed === undefined) readJson(record, reading);
  else readParts(record, refuse(record, faultAt([], malformed)), reading);
}

/** Reads the JSON texts that a record is, one after the other; one that is none is malformed. */
function readParts(record: Uint8Array, malformed: Malformed, reading: Reading): void {
  const { channel, collector } = reading;
  const parts = splitRecord(record, channel);
  if (parts.length === 0) collector.add(malformed);
  if (parts.length > MAX_RECORD_ITEMS) collector.spend();
  for (const part of parts) if (!collector.isSpent) collect(part, reading);
}

function readJson(json: Uint8Array, reading: Reading): void {
  const { channel, collector, wrappersLeft } = reading;
  const record = viewRecord(json);
  const form = recogniseForm(record, channel);
  if (form !== undefined) collector.add(readEvent(record, form, channel));
  else if (isMarker(record, channel)) return;
  else if (wrappersLeft === 0) collector.add(refuse(record.bytes, NOT_AN_EVENT));
  else unwrap(record, { ...reading, wrappersLeft: wrappersLeft - 1 });
}

function unwrap(record: RecordView, inner: Reading): void {
  const container = recogniseContainer(record, inner.channel);
  const carrier = recogniseCarrier(record, inner.channel);
  if (container !== undefined) readItems(record, container, inner);
  else if (carrier !== undefined) readCarried(record, carrier, inner);
  else inner.collector.add(refuse(record.bytes, NOT_AN_EVENT));
}

function readItems(record: RecordView, container: Container, inner: Reading): void {
  const items = findItems(record, container);
  if ("malformed" in items) inner.collector.add(refuse(record.bytes, items));
  else if (items.length > MAX_RECORD_ITEMS) inner.collector.spend();
  else
    for (const { start, end } of items) {
      if (inner.collector.isSpent) return;
      readJson(record.bytes.subarray(start, end), inner);
    }
}

/** The items of a container; one more than a record may have when there are too many. */
function findItems(record: RecordView, { items: path }: Container): readonly ByteRange[] | RecordFault {
  if (record.isAmbiguous(path)) return faultAt(path, "DUPLICATE_KEY");
  const array = record.find(path);
  return array === undefined ? [] : itemsOf(record.bytes, array, MAX_RECORD_ITEMS + 1);
}

function readCarried(record: RecordView, carrier: Carrier, inner: Reading): void {
  const carried = findCarried(record, carrier, inner.collector);
  if ("malformed" in carried) {
    inner.collector.add(refuse(record.bytes, carried));
  } else {
    inner.collector.addCarried(carried.byteLength);
    collect(carried, inner);
  }
}

function findCarried(record: RecordView, { text: path, as }: Carrier, collector: Collector): Uint8Array | RecordFault {
  if (record.isAmbiguous(path)) return faultAt(path, "DUPLICATE_KEY");
  return decodeCarried(record.findText(path) ?? "", as, collector.carriedBytesLeft) ?? NOT_AN_EVENT;
}
