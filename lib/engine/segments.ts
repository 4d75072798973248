import type { Subject } from "#feeds";
import { divideJson, type JsonValue, joinPieces, parseJson, readPieces, writeJson, writePieces } from "#json";
import { isSealed } from "#plan";
import { MAX_SEGMENTS } from "#seal";
import type { EventForPlan } from "./event-for-plan.ts";
import { isAboutPeople, keyHoldersOf, type Owned } from "./owners.ts";
import { livingOf, personKey } from "./people.ts";

/** A part of a record, and whose keys it takes together to open it; the tenant's where there are none. */
export interface RecordSegment {
  readonly people: readonly Subject[];
  readonly plaintext: Uint8Array;
}

/** Remembers whom the values of a record are about, so that it can be sealed in segments. */
export interface Ownership {
  note<Value extends JsonValue>(value: Value, owned: Owned): Value;
  /** One segment holds the record itself; of several, each holds pieces of it ({@link joinSegments}). */
  divide(record: JsonValue): readonly RecordSegment[];
}

/** A record about one person, or about nobody, is one segment: there is nothing to divide. */
export function createOwnership(given: EventForPlan): Ownership {
  const people = livingOf(given);
  if (people.length < 2 || !isSealed(given.linked.plan)) {
    return { note: (value) => value, divide: (record) => [{ people, plaintext: encode(record) }] };
  }
  const everybody = keyOf(people);
  const holders = new Map<string, readonly Subject[]>([
    [everybody, people],
    [NOBODY, []],
  ]);
  const owners = new Map<JsonValue, string>();
  return {
    note(value, owned) {
      const own = holdersOf(owned, given, people);
      const key = holders.size < MAX_SEGMENTS || holders.has(keyOf(own)) ? keyOf(own) : everybody;
      holders.set(key, key === everybody ? people : own);
      // Values may be shared, by the parser or by a transform; an owner is one place's.
      const copy = { ...value };
      owners.set(copy, key);
      return copy;
    },
    divide(record) {
      const divided = [...divideJson(record, (value) => owners.get(value), NOBODY)];
      if (divided.length === 1)
        return divided.map(([key]) => ({ people: holders.get(key) ?? people, plaintext: encode(record) }));
      return divided.map(([key, pieces]) => ({
        people: holders.get(key) ?? people,
        plaintext: encode(writePieces(pieces)),
      }));
    },
  };
}

/** Puts a record together from the segments of its envelope; undefined = one that does not open. */
export function joinSegments(segments: readonly (Uint8Array | undefined)[]): JsonValue | undefined {
  const read = segments.flatMap((plaintext) => (plaintext === undefined ? [] : [decode(plaintext)]));
  return segments.length === 1 ? read[0] : joinPieces(read.flatMap(readPieces));
}

const NOBODY = "";

function holdersOf(owned: Owned, { people }: EventForPlan, living: readonly Subject[]): readonly Subject[] {
  if (!isAboutPeople(owned)) return owned.isKeyed ? living : [];
  const own = new Set(keyHoldersOf(owned, people).map(personKey));
  return living.filter((person) => own.has(personKey(person)));
}

function keyOf(people: readonly Subject[]): string {
  return people.map(({ id }) => JSON.stringify(id)).join();
}

function encode(value: JsonValue): Uint8Array {
  return new TextEncoder().encode(writeJson(value));
}

/** Pieces add three levels to what an event may have. */
const MAX_DEPTH = 80;

function decode(plaintext: Uint8Array): JsonValue {
  const parsed = parseJson(new TextDecoder().decode(plaintext), { maxDepth: MAX_DEPTH });
  if ("problem" in parsed) throw new RangeError(`expected the JSON of a segment, got ${parsed.problem}`);
  return parsed.value;
}
