import type { Form } from "#feeds";
import { createMint } from "../canaries/canary.ts";
import { createPen, type Pen } from "../canaries/pen.ts";
import type { Blueprint } from "../events/blueprint.ts";
import { carry, type Fact, factsOf, formsOf } from "../events/carry.ts";
import { PROOF_TIME_MS } from "../events/text-forms.ts";
import { writeUndeclared } from "../events/undeclared.ts";
import { type EventCellPlace, type Scribe, writeBody } from "../events/write-body.ts";
import { usualKeys } from "../events/write-keys.ts";
import { type ValueVariant, type VariantValue, writeVariant } from "./variants.ts";

/** How an event differs from the one that all comparisons begin with. */
export interface Variation {
  /** The value at a path. */
  variantAt(path: string): ValueVariant;
  /** The value of a place, where it is none of the variants. */
  valueAt?(place: EventCellPlace): VariantValue | undefined;
  /** Something in place of an object, list or map; undefined = what is declared there. */
  insteadOf?(path: string, isList: boolean): string | undefined;
  /** Members of the root, as JSON, that make every reader refuse the event. */
  readonly refused?: string;
  /** Seed of members that nobody declares; absent = there are none. */
  readonly undeclared?: string;
}

/** Writes the record of a type's event: the same one for the same variation. */
export function varyEvent(blueprint: Blueprint, number: number, variation: Variation): Uint8Array {
  const form = formsOf(blueprint.feed)[0];
  if (form === undefined) throw new RangeError(`expected a form of ${blueprint.feed} in lib/feeds, got none`);
  const facts = factsOf(form);
  const write = (fact: Fact) => writeFact(fact, blueprint, number);
  const inside = new Map(
    facts.flatMap((fact) => (fact.inside === undefined ? [] : [[fact.inside, write(fact)] as const])),
  );
  const outside = facts
    .filter((fact) => fact.inside === undefined)
    .map((fact) => ({ path: fact.path, text: write(fact) }));
  const body = writeBody(blueprint, createVaryingScribe(inside, variation));
  return Buffer.from(carry(form, body, { outside, around: penOf(variation, "around") }));
}

/** Lists the forms that no feed has. */
export function isVaried(blueprint: Blueprint): boolean {
  const forms: readonly Form[] = formsOf(blueprint.feed);
  return forms.length > 0 && blueprint.schema !== "";
}

function createVaryingScribe(inside: ReadonlyMap<string, string>, variation: Variation): Scribe {
  const written = new Set<string>();
  let objects = 0;
  return {
    value(place) {
      const { path, cell } = place;
      const given = inside.get(path);
      if (given === undefined && variation.valueAt !== undefined) return variation.valueAt(place)?.json;
      if (given === undefined) return writeVariant(cell, variation.variantAt(path))?.json;
      written.add(path);
      return JSON.stringify(given);
    },
    instead: ({ path }, isList) => variation.insteadOf?.(path, isList),
    members({ path, at, declared }) {
      const missing = path === "" ? [...inside].filter(([name]) => !written.has(name)) : [];
      const facts = missing.map(([name, text]) => `${JSON.stringify(name)}:${JSON.stringify(text)}`);
      if (path === "" && variation.refused !== undefined) facts.push(variation.refused);
      if (variation.undeclared === undefined) return facts;
      const place = { path, at, declared: [...declared, ...missing.map(([name]) => name)] };
      const turn = Number(Buffer.from(variation.undeclared)[0]) + objects++;
      return [...facts, ...writeUndeclared(penOf(variation, at), turn, { place, elsewhere: "email" })];
    },
    keys: (_, pattern) => usualKeys(pattern).map((key) => ({ json: JSON.stringify(key), fits: true })),
  };
}

/** Members and envelopes are written with canaries, which nobody looks for here. */
function penOf({ undeclared = "" }: Variation, at: string): Pen {
  return createPen(createMint(`${undeclared} ${at}`), NOWHERE);
}

const NOWHERE = { schema: "", type: "", path: "", standing: "undeclared", erased: [] } as const;

function writeFact(
  { name, prefix, suffix }: Fact,
  { type = "x_unknown", source = "com.example" }: Blueprint,
  number: number,
): string {
  const facts = {
    id: `evt_${number}`,
    type,
    source,
    tenant: "acme",
    time: new Date(PROOF_TIME_MS - number * 1000).toISOString(),
    mark: `${prefix}acme-00000000-0000-4000-8000-000000000000${suffix}`,
  };
  return facts[name];
}
