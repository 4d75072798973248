import { stateOf } from "../entity-state.ts";
import type { Stream } from "../ports.ts";
import { dayAndHour, refuseTime } from "./event-time.ts";
import type { WriteLine } from "./line-layout.ts";
import { newestLines } from "./newest-script.ts";

const NEWLINE = Buffer.from("\n");
/** Stands for an entity that is gone: it keeps the order, so that no late state revives the entity. */
export const ENTITY_TOMBSTONE: Uint8Array = Buffer.from(JSON.stringify({ deleted: true }));

/**
 * Writes an event as two lines that `_bulk` takes as they are: `create` under the delivery id.
 *
 * The index is that of the day on which the event happened, never of its arrival: an id is unique per index only.
 */
export function logIndexLines(stream: Stream): WriteLine {
  return ({ timeMs, deliveryId, payload }) =>
    refuseTime({ timeMs }) ?? bulkLines({ create: { _index: logIndexName(stream, timeMs), _id: deliveryId } }, payload);
}

/** Writes an entity's state as two lines that `_bulk` takes as they are: once the index has the script they name. */
export function entityIndexLines(stream: Stream): WriteLine {
  const index = indexName(stream);
  return (delivery) => {
    const state = stateOf(delivery);
    if ("kind" in state) return state;
    const { entityKey, order, deleted, payload } = state;
    return newestLines({ index, id: entityKey, order, document: deleted ? ENTITY_TOMBSTONE : payload });
  };
}

/** Index names are lower case and of each processor and generation its own: a generation holds no hyphen. */
export function indexName({ processor, generation }: Stream): string {
  return `${processor}-${generation}`.toLowerCase().replaceAll("_", "-");
}

/** Name of the index of the events of a day; the time is one that `refuseTime` lets through. */
export function logIndexName(stream: Stream, timeMs: number): string {
  return `${indexName(stream)}-${dayAndHour(timeMs).day.replaceAll("-", ".")}`;
}

/** Writes an action of `_bulk` and its document: a line each. */
export function bulkLines(action: object, document: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(JSON.stringify(action)), NEWLINE, document, NEWLINE]);
}
