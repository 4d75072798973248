import { type Canary, createMint, type Mint } from "../canaries/canary.ts";
import { createPen, type Pen } from "../canaries/pen.ts";
import type { Blueprint } from "./blueprint.ts";
import { carryMany, FILE_CONTAINERS, formsOf } from "./carry.ts";
import { writeMalformed, writeOversized } from "./malformed.ts";
import { type PlantedEvent, plantEvent } from "./plant-event.ts";
import type { Plot } from "./plot.ts";

/** A record of the input, and the events it holds in their order; none where it is refused as a whole. */
export interface PlantedRecord {
  readonly bytes: Uint8Array;
  readonly events: readonly PlantedEvent[];
}

/** Everything that goes through the system at once. */
export interface Round {
  readonly records: readonly PlantedRecord[];
  readonly canaries: readonly Canary[];
  /** For each canary, the texts that somebody could hash: itself and the value it stands in. */
  readonly hashed: readonly (readonly string[])[];
}

export interface RoundOptions {
  readonly blueprints: readonly Blueprint[];
  readonly seed: string;
  /** 0 = every value as its cell expects it; each later turn gives every place another form. */
  readonly turn: number;
}

/** One event in so many is about erased people, has hostile values where its delivery depends on them, comes twice. */
const ERASED = 5;
const UNPINNED = 4;
const REPEATED = 9;
/** How many records share one container. */
const TOGETHER = 8;

/** Writes one event of every type and some of every other sort. */
export function plantRound({ blueprints, seed, turn }: RoundOptions): Round {
  const mint = createMint(`${seed} ${turn}`);
  const around = createPen(mint, NO_EVENT);
  const plots = blueprints.flatMap((blueprint, index) => plotsOf(blueprint, index, turn));
  const events = plots.map((plot) => plantEvent(plot, mint));
  const records = [
    ...pack(events, around),
    ...events.filter((_, index) => (index + turn) % REPEATED === 0).map(packOne),
    ...writeMalformed(around).map((bytes) => ({ bytes, events: [] })),
    ...(turn === 0 ? [{ bytes: writeOversized(around), events: [] }] : []),
  ];
  return { records, canaries: mint.made, hashed: listHashed(mint, events) };
}

const NO_EVENT = { schema: "", type: "", path: "", standing: "no event", erased: [] } as const;

function plotsOf(blueprint: Blueprint, index: number, turn: number): readonly Plot[] {
  const forms = formsOf(blueprint.feed);
  const plot = (sort: number, rest: Partial<Plot>): readonly Plot[] => {
    const form = forms[(turn + index + sort) % forms.length];
    const number = (turn * 7 + sort) * 1000 + index;
    return form ? [{ blueprint, form, turn, number, erased: [], unpinned: false, ...rest }] : [];
  };
  const isHostile = turn > 0 && (index + turn) % UNPINNED === 0;
  const roles = (index + turn) % ERASED === 0 ? new Set(blueprint.people.values()) : [];
  return [
    ...plot(0, {}),
    ...(isHostile ? plot(1, { unpinned: true }) : []),
    ...[...roles].flatMap((role, of) => plot(2 + of, { erased: [role] })),
  ];
}

/** Most records come alone; some share a container. */
function pack(events: readonly PlantedEvent[], around: Pen): readonly PlantedRecord[] {
  const together = FILE_CONTAINERS.map((_, index) => events.slice(index * TOGETHER, (index + 1) * TOGETHER));
  const alone = events.slice(FILE_CONTAINERS.length * TOGETHER);
  const containers = together.flatMap((group, index) => {
    const container = FILE_CONTAINERS[index];
    const records = group.map(({ record }) => record);
    return container ? [{ bytes: Buffer.from(carryMany(container, records, around)), events: group }] : [];
  });
  return [...containers, ...alone.map(packOne)];
}

function packOne(event: PlantedEvent): PlantedRecord {
  return { bytes: Buffer.from(event.record), events: [event] };
}

/** Longer values are hashed by nobody who wants to find them again. */
const LONGEST_HASHED = 200;

function listHashed(mint: Mint, events: readonly PlantedEvent[]): readonly (readonly string[])[] {
  const hashed = mint.made.map(({ text }) => [text]);
  for (const { text, canaries } of events.flatMap(({ values }) => [...values.values()].flat())) {
    if (text.length > LONGEST_HASHED) continue;
    const spellings = new Set([text, text.trim().toLowerCase()]);
    for (const { index, text: own } of canaries) hashed[index]?.push(...[...spellings].filter((each) => each !== own));
  }
  return hashed;
}
