import { isReadableName } from "#json";
import { ENVELOPE_NAME } from "#plan";
import { findPatternFault } from "#plan/re2";
import { type Breach, helpWith } from "../breach.ts";
import { checkCells } from "../decide/check-cells.ts";
import type { FieldDecl, MessageDecl, PolicySource } from "../source/declarations.ts";

/** Checks what each message says about its own fields, wherever it is used. */
export function checkMessages(source: PolicySource): readonly Breach[] {
  return [...source.messages.values()].flatMap((message) => [
    ...checkNames(message),
    ...checkCovers(message),
    ...message.fields.flatMap((field) => checkField(field, source)),
  ]);
}

function checkNames({ fields }: MessageDecl): readonly Breach[] {
  return fields.flatMap((field, index) => {
    const { wireName } = field;
    const twin = fields.slice(0, index).find((earlier) => earlier.wireName === wireName);
    if (twin !== undefined) return [wrongType(field, `expected one field with the key ${wireName}, got a second`)];
    if (!isNameable(wireName)) return [unnameable(field)];
    if (wireName !== ENVELOPE_NAME) return [];
    return [wrongType(field, `expected a key other than that of the envelope, got ${ENVELOPE_NAME}`)];
  });
}

/** A path names it and nothing else, and no search index takes a dot for a step into an object. */
function isNameable(wireName: string): boolean {
  return isReadableName(wireName) && /^[^.[\]{}\p{Cc}]+$/u.test(wireName);
}

function unnameable(field: FieldDecl): Breach {
  const message = `expected a key of characters other than . [ ] { } and controls, got ${JSON.stringify(field.wireName)}`;
  const help = "declare the object around it as google.protobuf.Struct, and name what you need of it in keep_keys";
  return wrongType(field, message, help);
}

function checkCovers({ covers, fields, name }: MessageDecl): readonly Breach[] {
  if (covers === undefined) return [];
  const names = fields.map((field) => field.name);
  return covers.covers
    .filter((covered) => !names.includes(covered))
    .map((covered) => ({
      code: "POLICY_PATH",
      place: covers.place,
      message: `expected fields of ${name} in covers, got ${covered}`,
      ...helpWith(covered, names),
    }));
}

function checkField(field: FieldDecl, source: PolicySource): readonly Breach[] {
  return [
    ...checkType(field, source),
    ...checkAlsoAccept(field),
    ...checkOneOf(field),
    ...checkMapKeys(field),
    ...checkRequiredBy(field, source),
    ...checkCells(field.cells, source),
    ...checkCells(field.keyCells, source),
  ];
}

function checkType(field: FieldDecl, { messages }: PolicySource): readonly Breach[] {
  const { type } = field;
  if (type.type === "unsupported") return [wrongType(field, `expected a type of JSON, got ${type.found}`, type.help)];
  if (type.type !== "message" || messages.has(type.name)) return [];
  return [wrongType(field, `expected a message of the policy, got ${type.name}`)];
}

function checkAlsoAccept(field: FieldDecl): readonly Breach[] {
  const { alsoAccept, type } = field;
  if (alsoAccept.length === 0) return [];
  if (type.type !== "scalar")
    return [wrongType(field, "expected also_accept on a string, number or bool, got another")];
  const all = [type.kind, ...alsoAccept];
  const twin = all.find((kind, index) => all.indexOf(kind) < index);
  return twin === undefined ? [] : [wrongType(field, `expected another type in also_accept, got ${twin} twice`)];
}

function checkOneOf(field: FieldDecl): readonly Breach[] {
  const { oneOf, alsoAccept, type } = field;
  if (oneOf.length === 0) return [];
  const isText = type.type === "scalar" && type.kind === "string" && alsoAccept.length === 0;
  return isText ? [] : [wrongType(field, "expected one_of on a string field, got it on another")];
}

function checkMapKeys(field: FieldDecl): readonly Breach[] {
  const { mapKeys, repeat, keyClassification, keyCells } = field;
  if (mapKeys === undefined) {
    const saysOfKeys = keyClassification !== undefined || keyCells.length > 0;
    return saysOfKeys ? [wrongType(field, "expected map_keys beside what the keys of a map are, got none")] : [];
  }
  if (repeat !== "map") return [wrongType(field, "expected map_keys on a map, got it on another field")];
  const fault = findPatternFault(mapKeys);
  const help = "write it in the syntax of RE2, which has neither look-around nor references, such as [a-z][a-z0-9_]*";
  return fault === undefined ? [] : [wrongType(field, `expected a pattern of RE2 in map_keys, got ${fault}`, help)];
}

function checkRequiredBy(field: FieldDecl, { processors }: PolicySource): readonly Breach[] {
  const unknown = field.requiredBy.filter((name) => processors.every((processor) => processor.name !== name));
  return unknown.map((name) => ({
    code: "POLICY_PROCESSOR",
    place: field.place,
    message: `expected a processor in required_by, got ${name}`,
  }));
}

function wrongType({ place }: FieldDecl, message: string, help?: string): Breach {
  return { code: "POLICY_TYPE", place, message, ...(help !== undefined && { help }) };
}
