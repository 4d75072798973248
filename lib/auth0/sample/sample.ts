import { addMissingTypes } from "../pack/correct.ts";
import type { SchemaSet } from "../pack/json-schema.ts";
import { addSdkTypes } from "../pack/sdk-event-types.ts";
import { type Carried, type SampleCarrier, writeCarried } from "./carriers.ts";
import { createKinds } from "./kinds.ts";
import { makeEvent } from "./make-event.ts";
import { createRandom, type SeededChoices } from "./random.ts";
import { createWorld, type SampleWorld } from "./world.ts";

export interface SampleOptions {
  /** Event types, in turn; see {@link listSampleTypes}. */
  readonly types: readonly string[];
  /** How many events, those sent twice not counted twice. */
  readonly count: number;
  readonly seed: number;
  readonly carrier: SampleCarrier;
  /** Share of events that are sent again, between 0 and 1. */
  readonly duplicates?: number;
  /** Size of the window within which events change places. */
  readonly disorder?: number;
}

/** Official schemas of both feeds. */
export interface SampleSchemas {
  readonly logs: SchemaSet;
  readonly events: SchemaSet;
}

/** Lists the types a carrier can bring: log types, those without an official schema too, and Event Stream types. */
export function listSampleTypes(schemas: SampleSchemas, carrier: SampleCarrier): readonly string[] {
  const { logs, events } = completeSchemas(schemas);
  return [...logs.keys(), ...(carrier === "logs" ? [] : events.keys())].sort();
}

/**
 * Makes events that their official schemas allow, as one line of JSON each.
 *
 * The same options give the same bytes. People, applications and organizations are invented and occur again and again.
 */
export function* sampleEvents(schemas: SampleSchemas, options: SampleOptions): Generator<string> {
  const random = createRandom(options.seed);
  const studio = { complete: completeSchemas(schemas), random, world: createWorld(random) };
  for (const carried of disorder(repeat(makeEvents(options, studio), options, random), options, random))
    yield writeCarried(carried, { ...studio, carrier: options.carrier });
}

interface Studio {
  readonly complete: SampleSchemas;
  readonly random: SeededChoices;
  readonly world: SampleWorld;
}

/** The first event of a sample happens on 14 March 2026 at 9:00 UTC, each further one about a second later. */
const START_MS = Date.UTC(2026, 2, 14, 9);

function* makeEvents({ types, count }: SampleOptions, { complete, random, world }: Studio): Generator<Carried> {
  const kinds = createKinds();
  for (let index = 0; index < count; index++) {
    const type = types[index % types.length] ?? "";
    const feed: Carried["feed"] = complete.events.has(type) ? "events" : "logs";
    const timeMs = START_MS + index * 1000 + random.int(1000);
    const schema = complete[feed].get(type) ?? {};
    const wanted = { feed, type, schema, index, kindOf: kinds(feed, type) };
    yield makeEvent(wanted, { random, world, person: random.pick(world.people), timeMs });
  }
}

function* repeat(
  events: Iterable<Carried>,
  { duplicates = 0 }: SampleOptions,
  random: SeededChoices,
): Generator<Carried> {
  for (const event of events) {
    yield event;
    if (random.chance(duplicates)) yield event;
  }
}

function* disorder(
  events: Iterable<Carried>,
  { disorder: size = 0 }: SampleOptions,
  random: SeededChoices,
): Generator<Carried> {
  const waiting: Carried[] = [];
  for (const event of events) {
    waiting.push(event);
    if (waiting.length > size) yield* waiting.splice(random.int(waiting.length), 1);
  }
  while (waiting.length > 0) yield* waiting.splice(random.int(waiting.length), 1);
}

function completeSchemas({ logs, events }: SampleSchemas): SampleSchemas {
  return { logs: addMissingTypes(logs), events: addSdkTypes(events) };
}
