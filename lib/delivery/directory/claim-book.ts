import type { ObjectHead } from "../ports.ts";
import { createDoneTable } from "./done-table.ts";

/**
 * What the journal says, in memory: which streams have which events, and the claims that are not settled yet.
 *
 * Only events under way take more than their slot of the done table. An object is live while a claim points at it.
 */
export interface ClaimBook {
  /** Distinct events that some stream has. */
  readonly events: number;
  readonly bytes: number;
  find(stream: number, shortId: string): LiveObject | "done" | undefined;
  /** Points the event's claim at an object, away from the one it pointed at before. */
  claim(shortId: string, object: ObjectName, lease: Lease): LiveObject;
  liveObject(name: ObjectName): LiveObject | undefined;
  /** Notes who took the object's key. If it is data, the stream has every event that is claimed for it. */
  commit(name: ObjectName, head: ObjectHead): void;
  /** Forgets the claims of an object that nobody can write any more. */
  release(object: LiveObject): void;
  /** Objects of a stream that are claimed for. */
  liveObjects(stream: number): readonly LiveObject[];
}

export interface ObjectName {
  readonly stream: number;
  readonly objectKey: string;
}

interface Lease {
  readonly fence: string;
  readonly leaseUntilMs: number;
}

/** An object that events are claimed for; `head` once its key is taken. */
export interface LiveObject extends ObjectName, Lease {
  readonly shortIds: Set<string>;
  head?: ObjectHead;
}

export function createClaimBook(streams: number): ClaimBook {
  const done = createDoneTable(streams);
  const live = new Map<string, LiveObject>();
  const claims = new Map<string, LiveObject>();

  function release(object: LiveObject): void {
    for (const shortId of object.shortIds) claims.delete(nameOf(object.stream, shortId));
    live.delete(nameOf(object.stream, object.objectKey));
  }

  function leave(object: LiveObject, shortId: string): void {
    object.shortIds.delete(shortId);
    if (object.shortIds.size === 0) live.delete(nameOf(object.stream, object.objectKey));
  }

  return {
    get events() {
      return done.size;
    },
    get bytes() {
      return done.bytes;
    },
    find: (stream, shortId) => claims.get(nameOf(stream, shortId)) ?? (done.has(shortId, stream) ? "done" : undefined),
    claim(shortId, { stream, objectKey }, lease) {
      const former = claims.get(nameOf(stream, shortId));
      const object = live.get(nameOf(stream, objectKey)) ?? { stream, objectKey, ...lease, shortIds: new Set() };
      if (former !== undefined && former !== object) leave(former, shortId);
      object.shortIds.add(shortId);
      live.set(nameOf(stream, objectKey), object);
      claims.set(nameOf(stream, shortId), object);
      return object;
    },
    liveObject: ({ stream, objectKey }) => live.get(nameOf(stream, objectKey)),
    commit({ stream, objectKey }, head) {
      const object = live.get(nameOf(stream, objectKey));
      if (object === undefined) return;
      object.head = head;
      if (head.tombstone) return;
      for (const shortId of object.shortIds) done.add(shortId, stream);
      release(object);
    },
    release,
    liveObjects: (stream) => [...live.values()].filter((object) => object.stream === stream),
  };
}

function nameOf(stream: number, text: string): string {
  return `${stream} ${text}`;
}
