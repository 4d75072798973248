import fc from "fast-check";
import { expect } from "vitest";
import { type JsonKind, type JsonValue, writeJson } from "#json";
import { type Op, REVEALS, type Reveal } from "#plan";
import { type ContextOptions, createTransformContext } from "#support/transform-context";
import { prepareChain, TRANSFORMS } from "#transforms";
import { values } from "./arbitraries.ts";

/** Applies a chain in a context of its own. */
export function apply(chain: readonly Op[], value: JsonValue, options?: ContextOptions): JsonValue | undefined {
  return prepareChain(chain)(value, createTransformContext(options));
}

/** Place of the strongest fact; -1 where nothing is revealed. */
export function strength(reveals: readonly Reveal[]): number {
  return Math.max(-1, ...reveals.map((reveal) => REVEALS.indexOf(reveal)));
}

/**
 * Asserts that a chain tells no more of two values than the facts it reveals.
 *
 * That a value is there at all is always told, and with it that it was one the chain could treat.
 */
export function expectLaw(reveals: readonly Reveal[], chain: readonly Op[], [one, other]: TwoValues): void {
  const strongest = REVEALS[strength(reveals)];
  if (strongest === undefined) expect(apply(chain, one)).toBeUndefined();
  else LAWS[strongest]?.(chain, [one, other]);
}

export type TwoValues = readonly [JsonValue, JsonValue];
type Law = (chain: readonly Op[], two: TwoValues) => void;

/** What must hold of two values of the same length. The facts that show some of a value have their own tests. */
const LAWS: Readonly<Partial<Record<Reveal, Law>>> = {
  PRESENCE: expectSameSight,
  LENGTH: (chain, two) => {
    // What a later transform finds by chance in sealed text follows from the nonce and tells nothing of the value.
    if (!(isSealed(chain) && tellsByLength(chain))) expectSameSight(chain, two);
  },
  EQUALITY: (chain, [one, other]) => {
    expect(apply(chain, one)).toEqual(apply(chain, structuredClone(one)));
    if (!tellsByLength(chain)) expectSame(look(chain, one)?.length, look(chain, other)?.length);
  },
};

/** Tells whether the length of a result is a fact about what reached a transform, such as a token. */
function tellsByLength(chain: readonly Op[]): boolean {
  return chain.some(({ op }) => TRANSFORMS.get(op)?.resultLength === "tells");
}

function isSealed(chain: readonly Op[]): boolean {
  return chain.some(({ op }) => TRANSFORMS.get(op)?.uses.includes("seal"));
}

function expectSameSight(chain: readonly Op[], [one, other]: TwoValues): void {
  expectSame(look(chain, one), look(chain, other));
}

function expectSame(one: unknown, other: unknown): void {
  if (one !== undefined && other !== undefined) expect(one).toBe(other);
}

/** What somebody without the keys makes of a result: of a sealed text, its length. */
function look(chain: readonly Op[], value: JsonValue): string | undefined {
  const result = apply(chain, value);
  return result && (isSealed(chain) ? `${writeJson(result).length}` : writeJson(result));
}

const word = fc.string({ unit: fc.constantFrom(..."ab.1@:-"), maxLength: 12 });
const label = fc.string({ unit: fc.constantFrom(..."abc1"), minLength: 1, maxLength: 5 });
const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 });
const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });

/** Texts in their one spelling, so that `normalize` leaves them as they are. */
const TEXTS: readonly fc.Arbitrary<string>[] = [
  word,
  fc.tuple(label, label).map(([local, domain]) => `${local}@${domain}.com`),
  octets.map((bytes) => bytes.join(".")),
  groups.map((parts) => parts.map((part) => part.toString(16)).join(":")),
  fc
    .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
    .map((date) => date.toISOString().toLowerCase()),
];

const ALIKE: Readonly<Partial<Record<JsonKind, fc.Arbitrary<JsonValue>[]>>> = {
  string: TEXTS.map((family) => family.map((text) => ({ kind: "string", text }))),
  number: [fc.integer({ min: -999, max: 999 }).map((number) => ({ kind: "number", text: `${number}` }))],
};

/** Two values of a type that are equally long, and of the same make, so that a chain treats both or neither. */
export function equallyLong(kind: JsonKind): fc.Arbitrary<TwoValues> {
  const families = ALIKE[kind] ?? [values[kind]];
  return fc
    .oneof(...families.map((family) => fc.tuple(family, family)))
    .filter(([one, other]) => size(one) === size(other));
}

/** Of anything but a string, what shows of its length when it is sealed: blocks of 32 bytes. */
function size(value: JsonValue): number {
  if (value.kind === "string" || value.kind === "number") return value.text.length;
  return Math.ceil(Buffer.byteLength(writeJson(value)) / 32);
}
