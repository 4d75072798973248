import { type Incoming, isEvent, ledgerIdOf } from "#delivery";
import { type Envelope, FILES_CHANNEL, type Read } from "#feeds";
import type { KeyRing } from "#keys";
import type { PlantedEvent } from "./events/plant-event.ts";
import type { PlantedRecord } from "./events/plant-round.ts";
import { erasedIds } from "./oracle/people.ts";

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
  /** Make the ids. */
  readonly keys: Pick<KeyRing, "keyOf">;
}

/**
 * Reads records.
 *
 * @throws {RangeError} when a record that was made to hold events does not: a form of lib/feeds is not understood here
 */
export function readRound(records: readonly PlantedRecord[], reader: Reader): ReadRound {
  const { read, keys } = reader;
  const found = records.map(({ bytes, events }) => ({ planted: events, incoming: read(bytes, FILES_CHANNEL) }));
  const known = found.flatMap(({ planted, incoming }) => pair(planted, incoming));
  return {
    batch: found.flatMap(({ incoming }) => incoming),
    events: new Map(known.map(({ event, envelope }) => [ledgerIdOf(envelope, keys), event])),
    erased: new Set(known.flatMap(({ event }) => erasedIds(event))),
  };
}

interface Known {
  readonly event: PlantedEvent;
  readonly envelope: Envelope;
}

/** Tells which of the events in a record is which that was planted: they come in their order. */
function pair(planted: readonly PlantedEvent[], incoming: readonly Incoming[]): readonly Known[] {
  const envelopes = incoming.filter(isEvent);
  if (planted.length > 0 && envelopes.length !== planted.length) throw misread(planted, envelopes.length);
  return planted.flatMap((event, index) => {
    const envelope = envelopes[index];
    return envelope === undefined ? [] : [{ event, envelope }];
  });
}

function misread(planted: readonly PlantedEvent[], got: number): RangeError {
  const types = planted.map(({ type }) => type).join(", ");
  return new RangeError(`expected ${planted.length} events (${types}) in a record of the proof, got ${got}`);
}
