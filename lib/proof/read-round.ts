import { type Incoming, isEvent, ledgerIdOf } from "#delivery";
import type { Enforcer } from "#engine";
import type { Channel, Envelope, Read } from "#feeds";
import { FEEDS } from "#plan";
import type { PlantedEvent } from "./events/plant-event.ts";
import type { PlantedRecord } from "./events/plant-round.ts";

/** Records as a channel hands them to the pipeline, and which planted event each of them is. */
export interface ReadRound {
  readonly batch: readonly Incoming[];
  /** By the id under which the pipeline remembers them. */
  readonly events: ReadonlyMap<string, PlantedEvent>;
  /** Canonical ids of the people whom erased events are about. */
  readonly erased: ReadonlySet<string>;
}

export interface Reader {
  readonly read: Read;
  readonly enforcer: Enforcer;
  /** Key of the ids. */
  readonly ledgerKey: Uint8Array;
}

/** Anything may stand in a file. */
const FILES: Channel = { kind: "files", feeds: FEEDS };

/**
 * Reads records.
 *
 * @throws {RangeError} when a record that was made to hold events does not: a form of lib/feeds is not understood here
 */
export function readRound(records: readonly PlantedRecord[], { read, enforcer, ledgerKey }: Reader): ReadRound {
  const batch: Incoming[] = [];
  const events = new Map<string, PlantedEvent>();
  const erased = new Set<string>();
  for (const { bytes, events: planted } of records) {
    const found = read(bytes, FILES);
    batch.push(...found);
    const envelopes = found.filter((each): each is Envelope => isEvent(each));
    if (planted.length > 0 && envelopes.length !== planted.length) throw misread(planted, envelopes.length);
    for (const [index, event] of planted.entries()) {
      const envelope = envelopes[index];
      if (envelope === undefined) continue;
      events.set(ledgerIdOf(envelope, ledgerKey), event);
      if (event.erased.length > 0) for (const { id } of enforcer.subjectsOf(envelope)) erased.add(id);
    }
  }
  return { batch, events, erased };
}

function misread(planted: readonly PlantedEvent[], got: number): RangeError {
  const types = planted.map(({ type }) => type).join(", ");
  return new RangeError(`expected ${planted.length} events (${types}) in a record of the proof, got ${got}`);
}
