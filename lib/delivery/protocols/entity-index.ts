import { outcomeOf } from "../answer.ts";
import type { StateDelivery } from "../entity-state.ts";
import type { Outcome } from "../outcome.ts";
import type { Sink } from "../ports.ts";
import type { IndexItem, SearchIndex } from "../search-index.ts";
import { deliverNewest } from "./newest.ts";

/** What an entity index needs to know. */
export interface EntityIndexOptions {
  readonly index: SearchIndex;
  /** Name, or write alias, of the index. */
  readonly name: string;
  /** The document of an entity that is gone. It stays, so that a late older state cannot bring the entity back. */
  readonly tombstone: Uint8Array;
}

/**
 * Keeps the newest state of each entity, under any order and repetition: the order is compared inside the index.
 *
 * Within a batch only the newest state of an entity is written; the others are stale whatever becomes of it.
 */
export function createEntityIndexSink({ index, name, tombstone }: EntityIndexOptions): Sink {
  const write = async (newest: readonly StateDelivery[], deadlineMs: number): Promise<readonly Outcome[]> => {
    const items = newest.map(({ entityKey, order, deleted, payload }): IndexItem => {
      return { index: name, id: entityKey, action: { order }, document: deleted ? tombstone : payload };
    });
    return (await index.write(items, deadlineMs)).map(outcomeOf);
  };
  return { deliver: (batch, deadlineMs) => deliverNewest(batch, (newest) => write(newest, deadlineMs)) };
}
