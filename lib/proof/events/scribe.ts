import type { Pen } from "../canaries/pen.ts";
import { fitsCell, readAs } from "../oracle/kind-rules.ts";
import type { Fact } from "./carry.ts";
import type { PenAt, PlacedValue, Plot } from "./plot.ts";
import { writeUndeclared } from "./undeclared.ts";
import { FORM_COUNT, type PlantedValue, writeInstead, writeValue } from "./value-forms.ts";
import { listLeaves } from "./walk.ts";
import type { EventCellPlace, EventObjectPlace, EventPlace, MapKey, Scribe } from "./write-body.ts";
import { writeKeys } from "./write-keys.ts";

/** What a scribe writes with. */
export interface Desk {
  readonly plot: Plot;
  readonly penAt: PenAt;
  /** Facts that stand inside the event, by path. */
  readonly inside: ReadonlyMap<string, Fact>;
  writeFact(fact: Fact, pen: Pen): string;
  note(path: string, value: PlacedValue): void;
}

/** Steps between the forms of neighbours, so that each form meets every other one sooner or later. */
const FORM_STEP = 3;
/** One container in so many is replaced by something else. */
const REPLACED = 13;
/** More than an event has values. */
const VALUES = 1000;

/** A desk at work on one event. */
interface Work extends Desk {
  /** Names that are declared anywhere in the event. */
  readonly names: readonly string[];
  /** Facts that were written, by path. */
  readonly written: Set<string>;
  values: number;
  containers: number;
  objects: number;
}

/** Makes the scribe of one event. Every value, object and map it meets gets another form than in the turn before. */
export function createScribe(desk: Desk): Scribe {
  const names = listLeaves(desk.plot.blueprint).map(({ path }) => path.split(/[.[{]/).at(-1) ?? "");
  const work: Work = { ...desk, names, written: new Set(), values: 0, containers: 0, objects: 0 };
  return {
    value: (place) => writePlace(place, work),
    instead: (place, isList) => writeReplacement(place, isList, work),
    members: (place) => writeMembers(place, work),
    keys: (place, pattern) => plantKeys(place, pattern, work),
  };
}

function writePlace(place: EventCellPlace, work: Work): string {
  const { path, cell } = place;
  const position = work.values++;
  const fact = work.inside.get(path);
  const planted = fact === undefined ? plantValue(place, position, work) : plantFact(place, fact, work);
  const read = readAs(planted, cell);
  work.note(path, { ...planted, fits: !place.outcast && fitsCell(planted, cell), ...(read && { readAs: read }) });
  return planted.json;
}

/** A key that its cell does not take is written as one that the pattern does not allow. */
function plantKeys({ path, cell }: EventCellPlace, pattern: string | undefined, work: Work): readonly MapKey[] {
  const pens = { fitting: work.penAt(path, "key"), others: work.penAt(path, "misfit") };
  return writeKeys(pattern, pens).map(({ json, fits }) => {
    const text: string = JSON.parse(json);
    const sample = { kind: "string", text } as const;
    const isTaken = fits && fitsCell(sample, cell);
    const canaries = pens.fitting.canaries.filter((canary) => text.includes(canary.text));
    work.note(path, { ...sample, json, canaries, fits: isTaken });
    return { json, fits: isTaken };
  });
}

/** Whether a value fits is known once it is written, so it is written twice: what its canaries are depends on it. */
function plantFact({ path, cell }: EventCellPlace, fact: Fact, { penAt, writeFact, written }: Work): PlantedValue {
  written.add(path);
  const fits = fitsCell({ kind: "string", text: writeFact(fact, BLANK_PEN) }, cell);
  const pen = penAt(path, fits ? "declared" : "misfit");
  const text = writeFact(fact, pen);
  return { kind: "string", text, json: JSON.stringify(text), canaries: pen.canaries };
}

/** Written twice, as a fact is. */
function plantValue({ path, cell, outcast }: EventCellPlace, position: number, { plot, penAt }: Work): PlantedValue {
  const { blueprint, turn, number, unpinned, erased } = plot;
  const isErased = erased.length > 0 && blueprint.people.has(path);
  const isPlain = turn === 0 || isErased || (!unpinned && blueprint.pinned.has(path));
  const form = isPlain ? 0 : (turn + number + position * FORM_STEP) % FORM_COUNT;
  const purpose = { number: number * VALUES + position, names: blueprint.keptNames.get(path) ?? [] };
  const fits = !outcast && fitsCell(writeValue(cell, form, { ...purpose, pen: BLANK_PEN }), cell);
  return writeValue(cell, form, { ...purpose, pen: penAt(path, fits ? "declared" : "misfit") });
}

/** Writes nothing that anybody could look for. */
const BLANK_PEN: Pen = { word: () => "word", encoded: () => "word", digits: () => "123456789012345", canaries: [] };

function writeReplacement({ path }: EventPlace, isList: boolean, work: Work): string | undefined {
  const { blueprint, turn, unpinned, erased } = work.plot;
  const position = work.containers++;
  const isDue = turn > 0 && (turn + position) % REPLACED === 0;
  const isNeeded =
    (!unpinned && leadsTo(path, blueprint.pinned)) ||
    (erased.length > 0 && leadsTo(path, blueprint.people.keys())) ||
    leadsTo(path, work.inside.keys());
  return isDue && !isNeeded ? writeInstead(work.penAt(path, "misfit"), isList, turn + position) : undefined;
}

function leadsTo(path: string, targets: Iterable<string>): boolean {
  return [...targets].some(
    (target) => target === path || target.startsWith(`${path}.`) || target.startsWith(`${path}[`),
  );
}

/** Facts that the schema does not declare stand in the root, beside what nobody declares. */
function writeMembers(object: EventObjectPlace, work: Work): readonly string[] {
  const { plot, penAt, inside, written, writeFact, names } = work;
  const missing = object.path === "" ? [...inside].filter(([path]) => !written.has(path)) : [];
  const facts = missing.map(([path, fact]) => {
    const text = writeFact(fact, penAt("", "undeclared"));
    return `${JSON.stringify(path)}:${JSON.stringify(text)}`;
  });
  const position = work.objects++;
  const place = { ...object, declared: [...object.declared, ...missing.map(([path]) => path)] };
  const elsewhere = names[(plot.number + position * 7) % Math.max(1, names.length)] ?? "email";
  return [...facts, ...writeUndeclared(penAt(object.path, "undeclared"), plot.turn + position, { place, elsewhere })];
}
