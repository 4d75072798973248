import fc from "fast-check";
import type { JsonKind, JsonValue } from "#json";
import type { Op, OpValue } from "#plan";
import { anyText } from "#support/any-text";
import { checkOp, type Parameter, type Transform } from "#transforms";

const letters = fc.constantFrom("x", "7", "_", "-");
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

/** Names that {@link values} gives to members too. */
const MEMBER_NAMES = ["__proto__", "constructor", "toString"] as const;

/** What becomes of a kept member; each thing a context gives is drawn by one. */
const INNER_CHAINS: readonly OpValue[] = [
  [],
  [{ mask_email: {} }],
  [{ pseudonymize: {} }],
  [{ encrypt: {} }],
  [{ keep_keys: { keys: [{ name: "a" }] } }],
];

const keys = fc.uniqueArray(
  fc.record({ name: fc.constantFrom(...MEMBER_NAMES), transforms: fc.constantFrom(...INNER_CHAINS) }),
  { selector: ({ name }) => name, minLength: 1 },
);

const parameterValues: Readonly<Record<Parameter["type"], (parameter: Parameter) => fc.Arbitrary<OpValue>>> = {
  uint32: ({ min = 0, max = 40 }) => fc.integer({ min, max }),
  double: () => finite,
  bool: () => fc.boolean(),
  string: ({ min = 0, max = 12 }) => fc.string({ unit: letters, minLength: min, maxLength: max }),
  enum: ({ values = [] }) => fc.constantFrom(...values),
  strings: () => fc.array(fc.string()),
  doubles: () => fc.uniqueArray(finite, { maxLength: 6 }).map((list) => [...list].sort((a, b) => a - b)),
  keys: () => keys,
};

/** Every valid op of a transform, drawn from its parameter table. */
export function ops(transform: Transform): fc.Arbitrary<Op> {
  const parameters = transform.parameters.map(({ type, name, ...rest }) => [
    name,
    parameterValues[type]({ type, name, ...rest }),
  ]);
  return fc
    .record(Object.fromEntries(parameters) as Record<string, fc.Arbitrary<OpValue>>, { requiredKeys: [] })
    .map((given): Op => ({ ...given, op: transform.name }))
    .filter((op) => checkOp(transform, op).length === 0);
}

/** Texts that events hold, and texts that they should not. */
export const texts = fc.oneof(
  anyText({ maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.array(fc.constantFrom("\ud83d", "\ude00", "a", "😀"), { maxLength: 8 }).map((units) => units.join("")),
  fc.emailAddress(),
  fc.ipV4(),
  fc.ipV6(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom("", " ", "auth0|1", "a@b@c", "__proto__", "192.0.2.77", "2026-08-20T09:34:56Z"),
);

const numbers = fc.oneof(
  finite.map((number) => JSON.stringify(number)),
  fc.constantFrom("-0", "1e400", "-1e400", "12345678901234567890", "1.0", "1E+2", "5e-400"),
);

const leaves: Readonly<Record<Exclude<JsonKind, "array" | "object">, fc.Arbitrary<JsonValue>>> = {
  string: texts.map((text) => ({ kind: "string", text })),
  number: numbers.map((text) => ({ kind: "number", text })),
  boolean: fc.boolean().map((value) => ({ kind: "boolean", value })),
  null: fc.constant({ kind: "null" }),
};
const leaf = fc.oneof(leaves.string, leaves.number, leaves.boolean, leaves.null);
const names = fc.oneof(fc.constantFrom(...MEMBER_NAMES), fc.string({ maxLength: 5 }));
const members = fc.uniqueArray(fc.record({ name: names, value: leaf }), { selector: ({ name }) => name, maxLength: 4 });

/** Values by JSON type. */
export const values: Readonly<Record<JsonKind, fc.Arbitrary<JsonValue>>> = {
  ...leaves,
  array: fc.array(leaf, { maxLength: 4 }).map((items) => ({ kind: "array", items })),
  object: members.map((list) => ({ kind: "object", members: list })),
};

/** Values of the types that a transform takes. */
export function accepted({ accepts }: Transform): fc.Arbitrary<JsonValue> {
  return fc.oneof(...accepts.map((kind) => values[kind]));
}
