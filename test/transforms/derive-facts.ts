import { type JsonValue, writeJson } from "#json";
import type { Op, Reveal } from "#plan";
import { createTransformContext } from "#support/transform-context";
import { prepareChain } from "#transforms";

/** Values that differ in one respect only, so that a difference between results tells that respect. */
interface Family {
  readonly differ: "length" | "text" | "range" | "least" | "each";
  readonly values: readonly JsonValue[];
}

const text = (value: string): JsonValue => ({ kind: "string", text: value });
const number = (value: number): JsonValue => ({ kind: "number", text: `${value}` });
const family = (differ: Family["differ"], values: readonly JsonValue[]): Family => ({ differ, values });
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** What stands where only the length differs; it is taken out of results, since it may show as a part. */
const FILL = "x";

const LENGTHS: readonly Family[] = [
  (fill: string) => fill,
  (fill: string) => `alice@${fill}.com`,
  (fill: string) => `${fill}@example.com`,
].map((make) =>
  family(
    "length",
    [4, 8, 9, 20, 33, 60].map((length) => text(make(FILL.repeat(length)))),
  ),
);

/** For each place of a word, the words that differ from it there. */
function placesOf(word: string, make: (changed: string) => string = (changed) => changed): readonly Family[] {
  return upTo(word.length).map((at) =>
    family(
      "text",
      [..."kq"].map((other) => text(make(word.slice(0, at) + other + word.slice(at + 1)))),
    ),
  );
}

const WORDS = [9, 12, 16].map((length) => placesOf("abcdefghijklmnop".slice(0, length)));
const LOCAL_PARTS = [5, 8].map((length) => placesOf("abcdefgh".slice(0, length), (local) => `${local}@example.com`));
const DOMAIN = placesOf("example", (domain) => `alice@${domain}.com`);

/** Of each kind of measure, coarse steps and the finest ones; the values of a family are equally long. */
const STEPS: readonly Family[] = [
  family(
    "range",
    upTo(9).map((step) => text(`${100 + step * 11}.100.113.107`)),
  ),
  family(
    "range",
    upTo(9).map((step) => text(`203.${100 + step * 11}.113.107`)),
  ),
  family(
    "least",
    upTo(33).map((step) => text(`203.100.113.${100 + step}`)),
  ),
  family(
    "range",
    upTo(9).map((step) => text(`2001:db8:${100 + step}::7`)),
  ),
  family(
    "least",
    upTo(9).map((step) => text(`2001:db8:100:${100 + step}::7`)),
  ),
  family(
    "range",
    upTo(9).map((year) => text(`${2010 + year}-05-12T03:04:05.678Z`)),
  ),
  family(
    "range",
    upTo(9).map((minute) => text(`2026-05-12T03:0${minute}:05.678Z`)),
  ),
  family(
    "least",
    upTo(9).map((second) => text(`2026-05-12T03:04:0${second}.678Z`)),
  ),
  family(
    "range",
    upTo(30).map((step) => number(10 + step * 3)),
  ),
  ...upTo(20).map((start) =>
    family(
      "each",
      [10, 11, 12].map((value) => number(start + value)),
    ),
  ),
];

const TEXTS = [...WORDS.flat(), ...LOCAL_PARTS.flat(), ...DOMAIN];

/** What a chain was seen to tell: of each list of facts, it must declare one. */
export type Derived = readonly (readonly Reveal[])[];

/**
 * Derives from results what a chain tells of its values.
 *
 * @param wrap puts each value where the chain takes it from
 */
export function deriveFacts(ops: readonly Op[], wrap: (value: JsonValue) => JsonValue = (value) => value): Derived {
  const see = createSight(ops, wrap);
  const isKeyed = [...TEXTS, ...STEPS].some((each) => `${see(each)}` !== `${see(each, "two")}`);
  if (!isKeyed) return derivePlain(see);
  // What a later transform finds by chance in sealed text tells nothing of the value.
  return isSealed(ops) ? [] : deriveKeyed(see);
}

/** What a reader makes of the results of a family's values; undefined for one that is left out. */
type Sight = (family: Family, seed?: string) => readonly (string | undefined)[];

/** Sealed results count by their length, since they are others each time. */
function createSight(ops: readonly Op[], wrap: (value: JsonValue) => JsonValue): Sight {
  const treat = prepareChain(ops);
  const show = (text: string) => (isSealed(ops) ? "#".repeat(text.length) : text);
  const seen = new Map<string, Map<Family, readonly (string | undefined)[]>>();
  return (family, seed = "one") => {
    const bySeed = seen.get(seed) ?? new Map<Family, readonly (string | undefined)[]>();
    seen.set(seed, bySeed);
    const treated = () => family.values.map((value) => treat(wrap(value), createTransformContext({ seed })));
    const results = bySeed.get(family) ?? treated().map((result) => result && show(writeJson(result)));
    bySeed.set(family, results);
    return results;
  };
}

function isSealed(ops: readonly Op[]): boolean {
  return JSON.stringify(ops).includes('"encrypt"');
}

function derivePlain(see: Sight): Derived {
  return [
    LENGTHS.some((each) => countLengths(see(each)) > 2) ? (["LENGTH"] as const) : [],
    TEXTS.some((each) => count(see(each)) > 1) ? (["PARTIAL"] as const) : [],
    STEPS.some((each) => count(see(each)) > 1) ? (["PRECISION", "PARTIAL"] as const) : [],
    // A part can be the end of a value, where the finest steps are.
    showsStep(see) ? (["ALL", "PARTIAL"] as const) : [],
    showsMost(see) ? (["ALL"] as const) : [],
  ].filter((facts) => facts.length > 0);
}

/** Tokens tell nothing but which values are equal, or which are equally long. */
function deriveKeyed(see: Sight): Derived {
  const isApart = [...TEXTS, ...STEPS].some((each) => count(see(each)) > 1);
  const isLong = LENGTHS.some((each) => count(see(each)) > 1);
  return [isApart ? ["EQUALITY"] : [], isLong && !isApart ? ["LENGTH"] : []].filter(
    (facts): facts is Reveal[] => facts.length > 0,
  );
}

/** How many lengths are told apart; two would only say whether a value is long enough for its part to show. */
function countLengths(results: readonly (string | undefined)[]): number {
  return count(results.map((result) => result && `${result.replaceAll(FILL, "").length}`));
}

function count(results: readonly (string | undefined)[]): number {
  return new Set(results.filter((result) => result !== undefined)).size;
}

/** A neighbour of the finest kind is told from its neighbours. */
function showsStep(see: Sight): boolean {
  const isSeen = ({ differ }: Family, seen: number, all: number) =>
    (differ === "least" && seen > 1) || (differ === "each" && seen === all);
  return STEPS.some((each) => isSeen(each, count(see(each)), each.values.length));
}

/** More than half of a word shows, or of the local part of what still is an address. */
function showsMost(see: Sight): boolean {
  const addresses = LOCAL_PARTS.filter((places) =>
    places.some((each) => see(each).some((text) => text?.includes("@"))),
  );
  return [...WORDS, ...addresses].some(
    (places) => places.filter((each) => count(see(each)) > 1).length > places.length / 2,
  );
}
