import { ConfigError } from "#errors";
import { type Envelope, FILES_CHANNEL, readRecord } from "#feeds";
import type { Io } from "../io.ts";
import { type InputRecord, type OversizeRecord, openInputs } from "./index.ts";

/**
 * Reads the one event that `operand` names: a file or `-` with one event, or `<file>:<line>`.
 *
 * @throws {ConfigError} when there is none or more than one, or when it is malformed
 */
export async function readOneEvent(operand: string, io: Io): Promise<Envelope> {
  const [, file = operand, line] = /^(.+):(\d+)$/.exec(operand) ?? [];
  const { items } = await openInputs([file], io);
  const records: Uint8Array[] = [];
  for await (const item of items) {
    if ("problem" in item) throw item.problem;
    if ("unread" in item) throw item.unread;
    if (line === undefined || item.line === Number(line)) records.push(recordOf(item));
  }
  return onlyEvent(records, operand);
}

function recordOf(item: InputRecord | OversizeRecord): Uint8Array {
  if ("record" in item) return item.record;
  throw new ConfigError(`expected an event, got a record of ${item.oversize} bytes at ${item.file}:${item.line}`, {
    code: "TOO_LARGE",
  });
}

function onlyEvent(records: readonly Uint8Array[], operand: string): Envelope {
  const found = records.flatMap((record) => readRecord(record, FILES_CHANNEL));
  const [event] = found;
  if (event === undefined || found.length > 1)
    throw new ConfigError(
      `expected one event, got ${found.length} in ${operand}: name one by its line, as in events.ndjson:3`,
    );
  if ("malformed" in event)
    throw new ConfigError(`expected an event, got ${event.malformed} in ${operand}`, { code: event.malformed });
  return event;
}
