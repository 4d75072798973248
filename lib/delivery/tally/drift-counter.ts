import type { Drift, Drop } from "#engine";
import type { Envelope } from "#feeds";
import type { FeedName } from "#plan";
import { dayAndHour } from "../layouts/event-time.ts";
import { pathText } from "../path-text.ts";
import type { DriftedField, DriftedType, DriftReport, Seen } from "./report.ts";
import { createShownNames, type SeenName, type ShownNames, TYPE_NAME } from "./shown-names.ts";

/** Adds up what no schema declares of events. */
export interface DriftCounter {
  /** `whom` is the person the event is about; undefined where it is about nobody. */
  add(drift: Drift, event: Envelope, whom: string | undefined): void;
  /** Undefined when there was no event to look at. */
  report(): DriftReport | undefined;
}

export interface DriftCounterOptions {
  /** Decides which names of fields may be shown. */
  readonly names: ShownNames;
  /** Key of the digests of event types that may not be shown. */
  readonly key: Uint8Array;
}

/** How many places of event types, and how many types, are told apart. Bounds memory, whatever is sent. */
const MAX_PLACES = 10_000;

interface Line {
  readonly feed: FeedName;
  count: number;
  firstMs: number;
  lastMs: number;
}

interface TypeLine extends Line {
  readonly name: SeenName;
}

interface FieldLine extends Line {
  readonly event: string;
  readonly drop: Drop;
  /** Of an undeclared field. */
  readonly name: SeenName | undefined;
}

export function createDriftCounter({ names, key }: DriftCounterOptions): DriftCounter {
  const typeNames = createShownNames({ key, pattern: TYPE_NAME });
  const types = new Map<string, TypeLine>();
  const fields = new Map<string, FieldLine>();
  let events = 0;
  let others = 0;

  function addType({ feed, type, timeMs }: Envelope, whom: string | undefined): void {
    const name = typeNames.see(feed, type, whom);
    const place = `${feed} ${name.number}`;
    const line = types.get(place) ?? { ...startLine(feed, timeMs), name };
    types.set(place, line);
    extend(line, timeMs, 1);
  }

  function addField(drop: Drop, { feed, type: event, timeMs }: Envelope, whom: string | undefined): void {
    const name = seeName(drop, names, whom);
    const place = JSON.stringify([feed, event, drop.path.at, name?.number, drop.type]);
    const known = fields.get(place);
    if (known === undefined && fields.size >= MAX_PLACES) {
      others += drop.count;
      return;
    }
    const line = known ?? { ...startLine(feed, timeMs), event, drop, name };
    fields.set(place, line);
    extend(line, timeMs, drop.count);
  }

  return {
    add(drift, event, whom) {
      events++;
      if (drift === "unknown_type") addType(event, whom);
      else for (const drop of drift) addField(drop, event, whom);
    },
    report() {
      if (events === 0) return undefined;
      return {
        events,
        types: sortBy([...types.values()].map(describeType), ({ feed, event }) => [feed, event]),
        fields: sortBy([...fields.values()].map(describeField), (line) => [
          line.feed,
          line.path,
          line.event,
          line.type,
        ]),
        ...(others > 0 && { others }),
      };
    },
  };
}

/** A name that the engine did not tell apart from others any more is missing from the drop. */
function seeName({ reason, path }: Drop, names: ShownNames, whom: string | undefined): SeenName | undefined {
  return reason === "undeclared" ? names.see(path.at, path.undeclared, whom) : undefined;
}

function startLine(feed: FeedName, timeMs: number): Line {
  return { feed, count: 0, firstMs: timeMs, lastMs: timeMs };
}

function extend(line: Line, timeMs: number, count: number): void {
  line.count += count;
  line.firstMs = Math.min(line.firstMs, timeMs);
  line.lastMs = Math.max(line.lastMs, timeMs);
}

function describeType(line: TypeLine): DriftedType {
  return { feed: line.feed, event: line.name.text(), count: line.count, ...seenOf(line) };
}

function describeField(line: FieldLine): DriftedField {
  const { feed, event, name, count } = line;
  const { path, type } = line.drop;
  return {
    feed,
    event,
    path: name === undefined ? path.at : pathText({ at: path.at, undeclared: "" }, () => name.text()),
    reason: name === undefined ? "wrong_type" : "undeclared",
    type,
    count,
    ...seenOf(line),
  };
}

function seenOf({ firstMs, lastMs }: Line): Seen {
  return { firstSeen: dayAndHour(firstMs).day, lastSeen: dayAndHour(lastMs).day };
}

function sortBy<Item>(items: readonly Item[], keyOf: (item: Item) => readonly string[]): readonly Item[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item).join("\u0000") }));
  return keyed
    .sort((left, right) => (left.key < right.key ? -1 : Number(left.key > right.key)))
    .map(({ item }) => item);
}
