import type { Role } from "#plan";
import type { Mint } from "../canaries/canary.ts";
import { createPen, type Pen } from "../canaries/pen.ts";
import type { Spot } from "../canaries/spot.ts";
import type { Blueprint } from "./blueprint.ts";
import { carry, type Fact, factsOf, type WrittenFact } from "./carry.ts";
import type { PenAt, PlacedValue, Plot } from "./plot.ts";
import { createScribe } from "./scribe.ts";
import { PROOF_TIME_MS } from "./text-forms.ts";
import { writeBody } from "./write-body.ts";

/** An event full of canaries. */
export interface PlantedEvent {
  readonly blueprint: Blueprint;
  readonly schema: string;
  /** "" where nobody knows the type. */
  readonly type: string;
  /** The roles in which it is about people who are erased. */
  readonly erased: readonly Role[];
  /** The record that carries it, as JSON. */
  readonly record: string;
  /** What stands at each declared path, in the order of the event. */
  readonly values: ReadonlyMap<string, readonly PlacedValue[]>;
}

/** Writes an event with a canary in every place a value can be. */
export function plantEvent(plot: Plot, mint: Mint): PlantedEvent {
  const { blueprint, form, erased, number } = plot;
  const penAt = createPens(plot, mint);
  const values = new Map<string, PlacedValue[]>();
  const outside: WrittenFact[] = [];
  const inside = new Map<string, Fact>();
  for (const fact of factsOf(form)) {
    if (fact.inside === undefined) outside.push({ path: fact.path, text: writeFact(fact, penAt("", "around"), plot) });
    else inside.set(fact.inside, fact);
  }
  const scribe = createScribe({
    plot,
    penAt,
    inside,
    writeFact: (fact, pen) => writeFact(fact, pen, plot),
    note: (path, value) => values.set(path, [...(values.get(path) ?? []), value]),
  });
  const body = writeBody(blueprint, scribe);
  const record = carry(form, body, { outside, around: penAt("", "around") });
  const { schema, type = "" } = blueprint;
  return { blueprint, schema, type, erased, record: number % 4 === 0 ? spaced(record) : record, values };
}

/** One spot for each path and standing, however many canaries stand there. */
function createPens({ blueprint: { schema, type = "" }, erased }: Plot, mint: Mint): PenAt {
  const spots = new Map<string, Spot>();
  return (path, standing) => {
    const name = `${standing} ${path}`;
    const spot = spots.get(name) ?? { schema, type, path, standing, erased };
    spots.set(name, spot);
    return createPen(mint, spot);
  };
}

/** Times end on the millisecond of the proof, each event at its own second. */
function writeFact({ name, prefix, suffix }: Fact, pen: Pen, { blueprint, number }: Plot): string {
  switch (name) {
    case "id":
      return `evt_${pen.word()}`;
    case "type":
      return blueprint.type ?? `x_${pen.word()}`;
    case "time":
      return new Date(PROOF_TIME_MS - (number % 40_000) * 1000).toISOString();
    case "tenant":
      return pen.word();
    case "source":
      return blueprint.source ?? `com.${pen.word()}`;
    case "mark":
      return `${prefix}${pen.word()}-${UUID}${suffix}`;
  }
}

const UUID = "00000000-0000-4000-8000-000000000000";

/** White space around a record means nothing. */
function spaced(record: string): string {
  return `\n ${record}\t\r\n`;
}
