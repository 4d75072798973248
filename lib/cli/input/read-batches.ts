import type { Incoming } from "#delivery";
import type { ConfigError } from "#errors";
import { type Channel, FILES_CHANNEL, readRecord } from "#feeds";
import type { InputItem, InputRecord, OversizeRecord } from "./index.ts";

/** How many records, and how many of their bytes, are taken through the policy at once. */
const MAX_RECORDS = 1_000;
const MAX_BYTES = 8 * 1024 * 1024;

/** Records that are delivered together, and what could not be read among them. */
export interface Batch {
  readonly records: readonly Incoming[];
  /** Where record i stands, such as `events.ndjson:12`. */
  readonly places: readonly string[];
  readonly problems: readonly ConfigError[];
  /** What was found in folders and not read. */
  readonly unread: readonly ConfigError[];
}

/** Reads input in batches of bounded size, in its order. */
export async function* readBatches(
  items: AsyncIterable<InputItem>,
  channel: Channel = FILES_CHANNEL,
): AsyncGenerator<Batch> {
  let open = openBatch();
  for await (const item of items) {
    if ("problem" in item) open.problems.push(item.problem);
    else if ("unread" in item) open.unread.push(item.unread);
    else {
      for (const record of recordsOf(item, channel)) {
        open.add(record, `${item.file}:${item.line}`);
        if (open.isFull()) {
          yield open;
          open = openBatch();
        }
      }
    }
  }
  yield open;
}

function recordsOf(item: InputRecord | OversizeRecord, channel: Channel): readonly Incoming[] {
  if ("record" in item) return readRecord(item.record, channel);
  return [{ oversize: item.oversize, name: `${item.file}:${item.line}` }];
}

function openBatch() {
  const told = { problems: [] as ConfigError[], unread: [] as ConfigError[] };
  const batch = { records: [] as Incoming[], places: [] as string[], ...told };
  let bytes = 0;
  return {
    ...batch,
    add(record: Incoming, place: string) {
      batch.records.push(record);
      batch.places.push(place);
      bytes += "body" in record ? record.body.length : 0;
    },
    isFull: () => batch.records.length >= MAX_RECORDS || bytes >= MAX_BYTES,
  };
}
