import type { JsonKind } from "#json";
import type { Cell, Kind } from "#plan";
import { SYMBOLS } from "../canaries/alphabet.ts";
import { PROOF_TIME_MS } from "../events/text-forms.ts";
import { fitsCell } from "../oracle/kind-rules.ts";
import type { Sample } from "../oracle/op-oracle.ts";

/**
 * What stands at a place: the value that all events share, one so near to it that a coarse view of both is the same, one that
 * has nothing in common with it, one of a wrong type, or nothing.
 */
export type ValueVariant = "base" | "near" | "far" | "misfit" | "absent";

/** A value with its JSON text. */
export interface VariantValue extends Sample {
  readonly json: string;
}

/** Writes the value of a cell; undefined = nothing. All cells of a kind have the same base value: one person everywhere. */
export function writeVariant(cell: Cell, variant: ValueVariant): VariantValue | undefined {
  if (variant === "absent") return undefined;
  if (variant === "misfit") return misfitValue(MISFITS.find((misfit) => !fitsCell(misfit, cell)));
  if (cell.oneOf !== undefined) return textValue(cell.oneOf[variant === "base" ? 0 : 1] ?? cell.oneOf[0] ?? "");
  return VALUES[cell.kinds[0] ?? "string"](variant, cell.kind);
}

type Fitting = "base" | "near" | "far";

const VALUES: Readonly<Record<JsonKind, (variant: Fitting, kind: Kind) => VariantValue>> = {
  string: (variant, kind) => textValue((TEXTS[kind] ?? wordOf(kind))[variant]),
  number: (variant, kind) => jsonValue("number", (NUMBERS[kind] ?? NUMBER)[variant]),
  boolean: (variant) => jsonValue("boolean", variant === "base" ? "true" : "false"),
  object: (variant) =>
    jsonValue("object", `{"note":"${WORD[variant]}","${variant === "far" ? "other" : "name"}":[true]}`),
  array: (variant) => jsonValue("array", `["${WORD[variant]}"${variant === "far" ? ",1" : ""}]`),
  null: () => jsonValue("null", "null"),
};

type Texts = Readonly<Record<Fitting, string>>;

/** The first and last eight characters of the near one are those of the base: no part that is kept is longer. */
const WORD: Texts = { base: "n4we8tqc0x5rz2mhpk7v", near: "n4we8tqcg9ysz2mhpk7v", far: "b6jd3fag1yvs" };

const NUMBER: Texts = { base: "912345678901234", near: "912345678901235", far: "7" };

const TEXTS: Readonly<Partial<Record<Kind, Texts>>> = {
  EMAIL: {
    base: `${WORD.base}@person.example`,
    near: `${WORD.near}@person.example`,
    far: `${WORD.far}@another.example`,
  },
  PHONE: { base: "+49301234567890123", near: "+49301234067890123", far: "+12025550143" },
  SUBJECT_ID: { base: `auth0|${WORD.base}`, near: `auth0|${WORD.near}`, far: `auth0|${WORD.far}` },
  COUNT: NUMBER,
  FLAG: { base: "true", near: "true", far: "false" },
  IP: { base: "198.51.100.4", near: "198.51.100.5", far: "2001:db8:77::9" },
  TIMESTAMP: {
    base: new Date(PROOF_TIME_MS).toISOString(),
    near: new Date(PROOF_TIME_MS - 1).toISOString(),
    far: new Date(PROOF_TIME_MS - 1000 * 86_400_000).toISOString(),
  },
};

/** Of kinds that take small numbers only. */
const NUMBERS: Readonly<Partial<Record<Kind, Texts>>> = {
  CODE: { base: "91234", near: "91235", far: "7" },
  FLAG: { base: "1", near: "1", far: "0" },
};

const MISFITS: readonly Sample[] = [
  { kind: "object", text: `{"note":"${WORD.far}"}` },
  { kind: "array", text: `["${WORD.far}"]` },
  { kind: "number", text: "936925814703692" },
  { kind: "string", text: WORD.far },
  { kind: "boolean", text: "true" },
];

/** Two kinds never share a value. */
function wordOf(kind: Kind): Texts {
  const mark = [...kind].map((letter) => SYMBOLS[letter.charCodeAt(0) % SYMBOLS.length]).join("");
  return { base: WORD.base + mark, near: WORD.near + mark, far: WORD.far + mark };
}

function misfitValue(sample: Sample | undefined): VariantValue | undefined {
  if (sample === undefined) return undefined;
  return sample.kind === "string" ? textValue(sample.text) : jsonValue(sample.kind, sample.text);
}

function textValue(text: string): VariantValue {
  return { kind: "string", text, json: JSON.stringify(text) };
}

function jsonValue(kind: JsonKind, text: string): VariantValue {
  return { kind, text, json: text };
}
