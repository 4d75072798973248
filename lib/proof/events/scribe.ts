import type { Pen } from "../canaries/pen.ts";
import type { Fact } from "./carry.ts";
import type { PenAt, PlacedValue, Plot } from "./plant-event.ts";
import { writeUndeclared } from "./undeclared.ts";
import { FORM_COUNT, fitsCell, writeInstead, writeValue } from "./value-forms.ts";
import { listLeaves } from "./walk.ts";
import type { CellPlace, ObjectPlace, Place, Scribe } from "./write-body.ts";

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

/** Makes the scribe of one event. Every value, object and map it meets gets another form than in the turn before. */
export function createScribe({ plot, penAt, inside, writeFact, note }: Desk): Scribe {
  const { blueprint, turn, number, unpinned } = plot;
  const names = listLeaves(blueprint).map(({ path }) => path.split(/[.[{]/).at(-1) ?? "");
  const written = new Set<string>();
  const counts = { values: 0, containers: 0, objects: 0 };

  function value({ path, cell }: CellPlace): string {
    const pen = penAt(path, "declared");
    const fact = inside.get(path);
    const position = counts.values++;
    if (fact !== undefined) {
      written.add(path);
      const text = writeFact(fact, pen);
      const json = JSON.stringify(text);
      note(path, { kind: "string", text, json, canaries: pen.canaries, fits: fitsCell({ kind: "string", text }, cell) });
      return json;
    }
    const isPlain = turn === 0 || (!unpinned && blueprint.pinned.has(path));
    const form = isPlain ? 0 : (turn + number + position * FORM_STEP) % FORM_COUNT;
    return place({ path, cell }, { form, number: number * 50 + position });
  }

  /** Whether a value fits is known once it is written: where it does not, it is written again as what it is. */
  function place({ path, cell }: Pick<CellPlace, "path" | "cell">, way: { form: number; number: number }): string {
    const fits = fitsCell(writeValue(cell, way.form, { pen: BLANK_PEN, number: way.number }), cell);
    const pen = penAt(path, fits ? "declared" : "misfit");
    const planted = writeValue(cell, way.form, { pen, number: way.number });
    note(path, { ...planted, fits });
    return planted.json;
  }

  function instead({ path }: Place, isList: boolean): string | undefined {
    const position = counts.containers++;
    const isKept = turn === 0 || (turn + position) % REPLACED !== 0;
    if (isKept || (!unpinned && isOnTheWay(path, blueprint.pinned)) || isOnTheWay(path, inside.keys())) return undefined;
    return writeInstead(penAt(path, "misfit"), isList, turn + position);
  }

  function members(object: ObjectPlace): readonly string[] {
    const missing = object.path === "" ? [...inside].filter(([path]) => !written.has(path)) : [];
    const facts = missing.map(
      ([path, fact]) => `${JSON.stringify(path)}:${JSON.stringify(writeFact(fact, penAt("", "undeclared")))}`,
    );
    const taken = [...object.declared, ...missing.map(([path]) => path)];
    const elsewhere = names[(number + counts.objects * 7) % Math.max(1, names.length)] ?? "email";
    const around = { place: { ...object, declared: taken }, elsewhere };
    return [...facts, ...writeUndeclared(penAt(object.path, "undeclared"), turn + counts.objects++, around)];
  }

  function keys({ path }: Place, pattern: string | undefined): readonly string[] {
    return writeKeys(pattern, { fitting: penAt(path, "key"), others: penAt(path, "misfit") });
  }

  return { value, instead, members, keys };
}

/** Writes nothing anybody could look for: tells what a form looks like before it is written. */
const BLANK_PEN: Pen = { word: () => "word", encoded: () => "word", digits: () => "123456789012345", canaries: [] };

function isOnTheWay(path: string, to: Iterable<string>): boolean {
  return [...to].some((target) => target === path || target.startsWith(`${path}.`) || target.startsWith(`${path}[`));
}

/** Keys that patterns of maps tend to allow. */
const USUAL_KEYS = ["en", "EN", "key", "key_1", "1", "example.com", "00000000-0000-4000-8000-000000000000"];

interface KeyPens {
  readonly fitting: Pen;
  readonly others: Pen;
}

/** Writes keys of a map: one that fits its pattern, with a canary if the pattern lets it, and one that does not. */
function writeKeys(pattern: string | undefined, { fitting, others }: KeyPens): readonly string[] {
  const whole = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, "u");
  const fits = (key: string) => whole?.test(key) ?? true;
  const usual = USUAL_KEYS.filter(fits).slice(0, 1);
  const ours = fits("0abcdefghjkmnpqrstvw") ? [fitting.word()] : [];
  const stranger = [`${others.word()} ✂`].filter((key) => !fits(key));
  return [...usual, ...ours, ...stranger].map((key) => JSON.stringify(key));
}
