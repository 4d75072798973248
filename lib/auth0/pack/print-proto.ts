import { FIELD_OPTIONS, MESSAGE_OPTIONS } from "#plan";
import type { FieldId, FieldIds } from "./field-ids.ts";
import type { ProtoField, ProtoFile, ProtoMessage } from "./proto-file.ts";
import type { FieldRule } from "./rules.ts";

/** What the printer has to know beside the file itself. */
export interface PrintOptions {
  /** Names and numbers that fields have already. */
  readonly ids: FieldIds;
  /** The message whose names and numbers the fields of root messages share where they can. */
  readonly envelope: string;
  /** File that declares each shared message, by its name. */
  readonly fileOf: ReadonlyMap<string, string>;
}

/** Writes a file of the pack: the same input always gives the same bytes. */
export function printProtoFile(file: ProtoFile, options: PrintOptions): string {
  const messages = file.messages.map((message) => printMessage(message, { options, indent: "", scope: "" }));
  return `${[
    'syntax = "proto3";\n',
    `// ${file.summary}`,
    "//",
    `// ${GENERATED}; lib/auth0/pack says how to change it.`,
    `package ${PACKAGE};\n`,
    ...importsOf(file, options).map((path) => `import "${path}";`),
    "",
  ].join("\n")}\n${messages.join("\n")}`;
}

/** Tells whether the printer wrote a file. */
export function isGenerated(text: string): boolean {
  return text.includes(`// ${GENERATED}`);
}

const GENERATED = "Generated from Auth0's log schemas by `shield auth0 update --write`";
const PACKAGE = "auth0.logs.v1";
const FOLDER = "auth0/logs/v1";

/** Columns a line may have. */
const WIDTH = 150;
const COMMENT_WIDTH = 120;

/** First number of a root message's own fields: the envelope has the numbers before it. */
const FIRST_OWN_NUMBER = 50;

function importsOf({ name, messages }: ProtoFile, { fileOf }: PrintOptions): readonly string[] {
  const types = messages.flatMap(typesOf);
  const files = types.map((type) => fileOf.get(type.replace("repeated ", "")));
  const shared = files.filter((file) => file !== undefined && `${file}.proto` !== name);
  const roots = messages.some(({ types }) => types !== undefined);
  return [
    ...new Set([
      ...shared.map((file) => `${FOLDER}/${file}.proto`),
      "auth0/proto/options/fields/v1/fields.proto",
      ...(roots ? ["auth0/proto/options/messages/v1/messages.proto"] : []),
      ...(types.some((type) => type.includes("google.protobuf.")) ? ["google/protobuf/struct.proto"] : []),
    ]),
  ].sort();
}

function typesOf({ fields, nested }: ProtoMessage): readonly string[] {
  return [...fields.map(({ type }) => type), ...nested.flatMap(typesOf)];
}

interface Place {
  readonly options: PrintOptions;
  readonly indent: string;
  /** Full name of the message around, with a dot at its end. */
  readonly scope: string;
}

function printMessage(message: ProtoMessage, { options, indent, scope }: Place): string {
  const name = `${scope}${message.name}`;
  const inner = { options, indent: `${indent}  `, scope: `${name}.` };
  const parts = [
    printOptions(message, inner.indent),
    ...message.nested.map((nested) => printMessage(nested, inner)),
    printFields(message, { ...inner, scope: name }),
    message.waiting.map((text) => printComment(text, inner.indent)).join(""),
  ].filter((part) => part !== "");
  const comment = message.comment === undefined ? "" : printComment(message.comment, indent);
  return `${comment}${indent}message ${message.name} {\n${parts.join("\n")}${indent}}\n`;
}

function printOptions({ types, subjects = [] }: ProtoMessage, indent: string): string {
  if (types === undefined) return "";
  const codes = Object.entries(types);
  const lines = codes.map(([code, meaning], index) => {
    const comma = index < codes.length - 1 ? "," : "";
    return `${indent}    ${JSON.stringify(code)}${comma} // ${meaning}\n`;
  });
  const match = `${indent}option (${MESSAGE_OPTIONS}.match) = {\n${indent}  feed: AUTH0_LOGS\n${indent}  types: [\n`;
  const people = [...subjects]
    .sort(compareSubjects)
    .map(
      ({ role, path }) =>
        `${indent}option (${MESSAGE_OPTIONS}.subjects) = { role: ${role}, path: ${JSON.stringify(path)} };\n`,
    );
  return `${match}${lines.join("")}${indent}  ]\n${indent}};\n${people.join("")}`;
}

/** Whom the event itself names comes before whom its details name. */
function compareSubjects(a: { path: string }, b: { path: string }): number {
  return a.path.split(".").length - b.path.split(".").length || (a.path < b.path ? -1 : 1);
}

function printFields({ fields, types }: ProtoMessage, { options, indent, scope }: Place): string {
  const { ids, envelope } = options;
  const known = { own: ids.get(scope), envelope: types === undefined ? undefined : ids.get(envelope) };
  const identified = identifyFields(fields, known);
  const keys = new Set(fields.map(({ key }) => key));
  return identified
    .map(({ field, number, name, isDescribed }) => {
      const comment = field.comment === undefined || isDescribed ? "" : printComment(field.comment, indent);
      const json = needsJsonName({ key: field.key, name }, keys) ? [`json_name = ${JSON.stringify(field.key)}`] : [];
      const entries = [...optionsOf(field), ...json];
      return `${comment}${printField(`${indent}${field.type} ${name} = ${number}`, { entries, indent })}`;
    })
    .join("");
}

function printField(start: string, { entries, indent }: { entries: readonly string[]; indent: string }): string {
  const line = `${start}${entries.length === 0 ? "" : ` [${entries.join(", ")}]`};\n`;
  if (line.length <= WIDTH + 1) return line;
  return `${start} [\n${entries.map((entry) => `${indent}  ${entry}`).join(",\n")}\n${indent}];\n`;
}

function optionsOf({ rule, alsoAccepts }: ProtoField): readonly string[] {
  const classification = rule === undefined ? [] : [`(${FIELD_OPTIONS}.classification) = { ${describeRule(rule)} }`];
  return [...classification, ...alsoAccepts.map((type) => `(${FIELD_OPTIONS}.also_accept) = ${type}`)];
}

function describeRule(rule: FieldRule): string {
  const about = rule.about === undefined ? "" : `, about: ${rule.about}`;
  return `classification: ${rule.class}, kind: ${rule.kind}${about}${rule.alias ? ", alias: true" : ""}`;
}

interface Known {
  /** What the message's fields are called and numbered already. */
  readonly own: ReadonlyMap<string, FieldId> | undefined;
  /** What the base schema calls the fields that every log type may have; absent in messages that are no roots. */
  readonly envelope: ReadonlyMap<string, FieldId> | undefined;
}

interface Identified extends FieldId {
  readonly field: ProtoField;
  /** The base schema says what it is. */
  readonly isDescribed: boolean;
}

/** Keeps known names and numbers, gives new fields the next numbers in order of their keys, and sorts by number. */
function identifyFields(fields: readonly ProtoField[], { own, envelope }: Known): readonly Identified[] {
  const sorted = [...fields].sort((a, b) => compareKeys(a.key, b.key));
  const jsonNames = countBy(fields.map(({ key }) => toJsonName(key)));
  const taken = new Set([...(own?.values() ?? [])].map(({ number }) => number));
  const inherited = (key: string) => {
    const id = envelope?.get(key);
    return id === undefined || taken.has(id.number) ? undefined : id;
  };
  let next = Math.max(envelope === undefined ? 0 : FIRST_OWN_NUMBER - 1, ...taken) + 1;
  return sorted
    .map((field) => {
      const id = own?.get(field.key) ??
        inherited(field.key) ?? { name: toProtoName(field.key, jsonNames), number: next++ };
      return { field, ...id, isDescribed: envelope?.has(field.key) === true };
    })
    .sort((a, b) => a.number - b.number);
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** `details` first: it is what the type is about. */
function compareKeys(a: string, b: string): number {
  if (a === "details" || b === "details") return a === b ? 0 : a === "details" ? -1 : 1;
  return a < b ? -1 : 1;
}

/** The key where protobuf can use it as a name; of two keys that it would write alike in JSON one gets another name. */
function toProtoName(key: string, jsonNames: ReadonlyMap<string, number>): string {
  const name = key.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_/, "");
  const clashes = (jsonNames.get(toJsonName(key)) ?? 0) > 1;
  return clashes && /[A-Z]/.test(key) ? `${name.toLowerCase()}_in_camel_case` : name;
}

/** Tells whether the key has to be written: where the name is another, or protobuf takes it for that of another field. */
function needsJsonName({ key, name }: { key: string; name: string }, keys: ReadonlySet<string>): boolean {
  const taken = toJsonName(name);
  return name !== key || (taken !== key && keys.has(taken));
}

/** The name protobuf would give a field in JSON: it refuses two fields of a message that share one. */
function toJsonName(name: string): string {
  return name.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());
}

function printComment(text: string, indent: string): string {
  const lines: string[] = [];
  let line = `${indent}//`;
  for (const word of text.split(/\s+/)) {
    if (`${line} ${word}`.length > COMMENT_WIDTH && line !== `${indent}//`) {
      lines.push(line);
      line = `${indent}//`;
    }
    line = `${line} ${word}`;
  }
  return [...lines, line].map((full) => `${full}\n`).join("");
}
