import type { Delivery, Settled, Sink } from "../ports.ts";
import type { Indexed, IndexItem, SearchIndex } from "../search-index.ts";
import { settleNewest } from "./newest.ts";

/** What an entity index needs to know. */
export interface EntityIndexOptions {
  readonly index: SearchIndex;
  /** Name, or write alias, of the index. */
  readonly name: string;
  /** The document of an entity that is gone. It stays, so that a late older state cannot bring the entity back. */
  readonly tombstone: Uint8Array;
}

/**
 * Keeps the newest state of each entity, under any order and repetition: the version travels as external version.
 *
 * Within a batch only the newest state of an entity is written; the others are stale whatever becomes of it.
 */
export function createEntityIndexSink({ index, name, tombstone }: EntityIndexOptions): Sink {
  const write = async (newest: readonly Delivery[], deadlineMs: number): Promise<readonly Settled[]> => {
    const items = newest.map(({ entityKey = "", version = 0n, deleted, payload }): IndexItem => {
      return { index: name, id: entityKey, action: { version }, document: deleted ? tombstone : payload };
    });
    return (await index.write(items, deadlineMs)).map(settle);
  };
  return { deliver: (batch, deadlineMs) => settleNewest(batch, (newest) => write(newest, deadlineMs)) };
}

function settle(indexed: Indexed): Settled {
  return typeof indexed === "object" ? indexed : OUTCOMES[indexed];
}

const OUTCOMES = {
  ok: "delivered",
  exists: "duplicate",
  newer: "stale",
  unknown: { retry: "SINK_UNKNOWN" },
} as const satisfies Record<Extract<Indexed, string>, Settled>;
