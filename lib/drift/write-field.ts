import type { Proposal, ValueKind } from "#auth0";
import { FIELD_OPTIONS } from "#plan";
import { isOpenValue } from "./classify-field.ts";
import type { Named } from "./name-field.ts";

/** A field to be written into a message. */
export interface NewField {
  readonly named: Named;
  readonly number: number;
  /** JSON types it was seen with, `null` apart; at least one. */
  readonly kinds: readonly ValueKind[];
  readonly proposal: Proposal;
  readonly comment: string;
}

/** Columns a line may have, as in the files of the pack. */
const WIDTH = 150;

/** Writes a field as it stands in a message. */
export function writeField({ named, number, kinds, proposal, comment }: NewField): string {
  const { type, alsoAccepts } = typeOf(kinds);
  const options = [
    ...(named.hasJsonName ? [writeJsonName(named.wireName)] : []),
    `(${FIELD_OPTIONS}.classification) = { ${describe(proposal)} }`,
    ...alsoAccepts.map(writeAlsoAccept),
  ];
  const start = `  ${type} ${named.name} = ${number}`;
  const line = `${start} [${options.join(", ")}];`;
  const text =
    line.length <= WIDTH ? line : `${start} [\n${options.map((option) => `    ${option}`).join(",\n")}\n  ];`;
  return `  // ${comment}\n${text}`;
}

/** Writes the option that lets a field have one more JSON type. */
export function writeAlsoAccept(kind: ValueKind): string {
  return `(${FIELD_OPTIONS}.also_accept) = ${kind.toUpperCase()}`;
}

/** Writes the option that says what a field is called in events. */
export function writeJsonName(key: string): string {
  return `json_name = ${JSON.stringify(key)}`;
}

/** The files that a field of these JSON types needs. */
export function importsOf(kinds: readonly ValueKind[]): readonly string[] {
  const fields = "auth0/proto/options/fields/v1/fields.proto";
  return isOpenValue(kinds) ? [fields, "google/protobuf/struct.proto"] : [fields];
}

function describe({ class: fieldClass, kind, about }: Proposal): string {
  return `classification: ${fieldClass}, kind: ${kind}${about === undefined ? "" : `, about: ${about}`}`;
}

/** The first of them that was seen is the type of a field, the others are accepted beside it. */
const SCALARS = [
  ["string", "string"],
  ["number", "double"],
  ["boolean", "bool"],
] as const satisfies readonly (readonly [ValueKind, string])[];

function typeOf(kinds: readonly ValueKind[]): { readonly type: string; readonly alsoAccepts: readonly ValueKind[] } {
  if (isOpenValue(kinds)) return { type: openType(kinds), alsoAccepts: [] };
  const [first, ...more] = SCALARS.filter(([kind]) => kinds.includes(kind));
  return { type: first?.[1] ?? "", alsoAccepts: more.map(([kind]) => kind) };
}

function openType([kind, ...more]: readonly ValueKind[]): string {
  if (more.length > 0) return "google.protobuf.Value";
  return kind === "object" ? "google.protobuf.Struct" : "google.protobuf.ListValue";
}
