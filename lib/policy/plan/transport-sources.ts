import { CLASSES, type Class, type Dependency, isPersonal, type Kind, type Role } from "#plan";
import type { LeafDecision } from "../decide/decide-leaves.ts";
import type { Processor } from "../processor/processor.ts";
import { EVENT_TIME, OURS, type TransportFacts } from "../processor/transport-facts.ts";
import type { Leaf } from "../schema/tree.ts";
import { type DecidedEvents, decidePart } from "./event-parts.ts";

const EVENT_ID = { class: "IDENTIFIER", kind: "EVENT_ID" } as const;

export interface Made {
  readonly class: Class;
  readonly kind: Kind;
  readonly about?: Role;
}

/** What a value is made of: classes and kinds, the most sensitive first, and everything it depends on. */
export interface Source {
  readonly of: readonly [Made, ...Made[]];
  readonly dependsOn: readonly Dependency[];
}

type Part = "id" | "type" | "time" | "tenant" | "source";

/** What a part of the envelope or of a request is made of, over all events that a processor takes. */
export function sourceOf(of: TransportFacts["of"], taken: readonly DecidedEvents[], processor: Processor): Source {
  if (typeof of === "object") return { of: [of], dependsOn: [] };
  const sources = taken.map((events) => SOURCES[of](events, processor));
  return {
    of: sortMade(
      sources.flatMap((each) => each.made),
      LEAST[of],
    ),
    dependsOn: distinct(sources.flatMap((each) => each.dependsOn)),
  };
}

interface Sources {
  readonly made: readonly Made[];
  readonly dependsOn: readonly Dependency[];
}

type FindSources = (events: DecidedEvents, processor: Processor) => Sources;

const SOURCES: Readonly<Record<Extract<TransportFacts["of"], string>, FindSources>> = {
  id: part("id"),
  type: part("type"),
  time: part("time"),
  tenant: part("tenant"),
  source: part("source"),
  entity(events, processor) {
    const ids = chosen(events, events.schema.entity?.leaves ?? []);
    const found = ids.made.length === 0 ? part("id")(events, processor) : ids;
    const around: Dependency[] = [{ event: "tenant" }, { event: "source" }, { event: "subjects" }];
    return { made: found.made, dependsOn: [...found.dependsOn, ...around] };
  },
  order(events, processor) {
    const all = [chosen(events, events.schema.times), part("time")(events, processor)];
    const around: Dependency[] = [{ event: "id" }, { event: "type" }, { event: "tenant" }];
    return { made: all.flatMap(({ made }) => made), dependsOn: [...all.flatMap((each) => each.dependsOn), ...around] };
  },
};

function part(name: Part): FindSources {
  return (events, processor) => {
    const decided = decidePart(name, events, processor);
    const fields = decided?.leaf === undefined ? [] : [fieldOf(events, decided.leaf)];
    const tokens: Dependency[] = name === "id" ? [{ event: "tenant" }, { event: "source" }] : [];
    return { made: decided === undefined ? [] : [decided], dependsOn: [{ event: name }, ...fields, ...tokens] };
  };
}

function chosen(events: DecidedEvents, leaves: readonly Leaf[]): Sources {
  const found = events.leaves.filter(({ leaf }) => leaves.includes(leaf));
  return {
    made: found.map(({ classification }) => classification),
    dependsOn: found.map((leaf) => fieldOf(events, leaf)),
  };
}

function fieldOf({ schema }: DecidedEvents, { leaf }: LeafDecision): Dependency {
  return { schema: schema.name, path: leaf.path };
}

/** What every event has, where nothing is known of those that are taken. */
const LEAST: Readonly<Record<Extract<TransportFacts["of"], string>, Made>> = {
  id: EVENT_ID,
  entity: EVENT_ID,
  type: OURS,
  source: OURS,
  tenant: { class: "INTERNAL", kind: "TENANT" },
  time: EVENT_TIME,
  order: EVENT_TIME,
};

function sortMade(made: readonly Made[], least: Made): Source["of"] {
  const plain = made.map(({ class: of, kind, about }): Made => ({ class: of, kind, ...(about && { about }) }));
  const [first = least, ...others] = [...distinct(plain)].sort(bySensitivity);
  return [first, ...others];
}

/** Orders what values are made of: the higher class first, then what is about a person. */
export function bySensitivity(a: Made, b: Made): number {
  return CLASSES.indexOf(b.class) - CLASSES.indexOf(a.class) || Number(isPersonal(b)) - Number(isPersonal(a));
}

function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
