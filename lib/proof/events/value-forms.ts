import type { JsonKind } from "#json";
import type { Cell, Kind } from "#plan";
import type { Canary } from "../canaries/canary.ts";
import type { Pen } from "../canaries/pen.ts";
import { type FormText, TEXT_FORMS } from "./text-forms.ts";

/** A value in the input. */
export interface PlantedValue {
  readonly kind: JsonKind;
  /** Its JSON text. */
  readonly json: string;
  /** A string as it is read; the JSON text of anything else. */
  readonly text: string;
  readonly canaries: readonly Canary[];
}

type Written = Omit<PlantedValue, "canaries">;

/** What a value is written for. */
export interface ValuePurpose {
  readonly pen: Pen;
  /** Another one for each value. */
  readonly number: number;
  /** Names of members that somebody keeps of it. */
  readonly names: readonly string[];
}

/** Writes a value of one JSON type. */
type ValueForm = (pen: Pen, cell: Cell, purpose: ValuePurpose) => Written;

const FORMS: Readonly<Record<Exclude<JsonKind, "null">, readonly ValueForm[]>> = {
  string: TEXT_FORMS.map(
    (form) =>
      (pen, cell, { number }) =>
        writeString(form(pen, cell.kind, number)),
  ),
  number: [
    (pen, { kind }, { number }) => writeNumber(SMALL_NUMBERS[kind]?.(number) ?? pen.digits()),
    (pen) => writeNumber(`0.${pen.digits()}`),
    (pen) => writeNumber(`-${pen.digits()}E-3`),
    (pen) => writeNumber(`7${"0".repeat(12)}${pen.digits()}${"0".repeat(12)}`),
    (pen) => writeNumber(`${pen.digits()}${"0".repeat(1_000)}`),
  ],
  boolean: [(_, __, { number }) => ({ kind: "boolean", ...sameText(number % 2 === 0 ? "true" : "false") })],
  object: [
    (pen, _, purpose) => ({ kind: "object", ...sameText(writeObject(pen, purpose)) }),
    (pen) => ({ kind: "object", ...sameText(`{"__proto__":{${quote(pen.word())}:${pen.digits()}},"":[]}`) }),
    (pen) => ({ kind: "object", ...sameText(`{${quote(pen.word())}:[{"\\ud83d":${quote(pen.word())}}]}`) }),
    () => ({ kind: "object", ...sameText("{}") }),
  ],
  array: [
    (pen, _, purpose) => ({
      kind: "array",
      ...sameText(`[${quote(pen.word())},[${pen.digits()}],${writeObject(pen, purpose)}]`),
    }),
    () => ({ kind: "array", ...sameText("[]") }),
  ],
};

/** Numbers of kinds that leave no room for a canary. */
const SMALL_NUMBERS: Readonly<Partial<Record<Kind, (number: number) => string>>> = {
  CODE: (number) => `${100 + (number % 900)}`,
  FLAG: (number) => `${number % 2}`,
};

const KINDS = ["string", "number", "boolean", "object", "array"] as const;
const NULL: ValueForm = () => ({ kind: "null", ...sameText("null") });

/** How many forms the value of a cell takes at most: after so many rounds each has been at each place. */
export const FORM_COUNT = Object.values(FORMS).reduce((count, forms) => count + forms.length, 1);

/**
 * Writes the value of a cell in one of its forms. Form 0 is what the cell expects; the later ones are of its types too, the
 * last ones of every other type.
 */
export function writeValue(cell: Cell, form: number, purpose: ValuePurpose): PlantedValue {
  const fitting = KINDS.filter((kind) => cell.kinds.includes(kind)).flatMap((kind) => FORMS[kind]);
  const misfitting = KINDS.filter((kind) => !cell.kinds.includes(kind)).flatMap((kind) => FORMS[kind]);
  const allowed = (cell.oneOf ?? []).map(
    (word): ValueForm =>
      () =>
        writeString({ text: word }),
  );
  const forms = [...allowed, ...fitting, ...misfitting, NULL];
  const write = forms[form % forms.length] ?? NULL;
  return { ...write(purpose.pen, cell, purpose), canaries: purpose.pen.canaries };
}

/** Writes something of another JSON type that stands in for an object, list or map. */
export function writeInstead(pen: Pen, isList: boolean, number: number): string {
  const member = () => `{${quote(pen.word())}:${quote(pen.word())}}`;
  const forms = [
    () => quote(pen.word()),
    isList ? member : () => `[${quote(pen.word())},${member()}]`,
    () => pen.digits(),
  ];
  return (forms[number % forms.length] ?? member)();
}

function writeString({ text, json = JSON.stringify(text) }: FormText): Written {
  return { kind: "string", text, json };
}

function writeNumber(text: string): Written {
  return { kind: "number", ...sameText(text) };
}

function writeObject(pen: Pen, { names, number }: ValuePurpose): string {
  const kept = writeKept(pen, names, number);
  const nested = `{${quote(pen.word())}:[{"user_id":${quote(`auth0|${pen.word("subject id")}`)}},true,null]}`;
  return `{${quote(pen.word())}:${quote(pen.word())},"email":${quote(`${pen.word("email")}@mail.example`)},"n":${pen.digits()},"more":${nested}${kept.join("")}}`;
}

/** Writes members that somebody keeps as a text, a list and an object, each in turn. */
function writeKept(pen: Pen, names: readonly string[], number: number): readonly string[] {
  const word = () => quote(pen.word());
  const forms = [
    word,
    () => `[${word()},{"x":${word()}},[${pen.digits()}]]`,
    () => `{${names.map((inner) => `${quote(inner)}:${word()}`).join(",")}}`,
  ];
  const others = names.filter((name) => !["email", "n", "more"].includes(name));
  return others.map((name, index) => `,${quote(name)}:${(forms[(number + index) % forms.length] ?? word)()}`);
}

function sameText(text: string) {
  return { text, json: text };
}

function quote(text: string): string {
  return JSON.stringify(text);
}
