import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { FIELD_OPTIONS, MESSAGE_OPTIONS } from "#plan";
import type { CellDecl, ClassificationDecl, FieldDecl, MessageDecl, SourcePlace } from "./declarations.ts";
import type { FileReader } from "./file-reader.ts";
import type { CellOption, ClassificationOption, MessageOption, TransformOption } from "./options.ts";
import type { DescriptorPath } from "./places.ts";
import { readType } from "./read-type.ts";

/** Numbers of fields of `google.protobuf.FileDescriptorProto`, `DescriptorProto` and `FieldDescriptorProto`. */
const FILE_MESSAGES = 4;
const MESSAGE = { fields: 2, nested: 3, options: 7 } as const;
const FIELD = { name: 1, options: 8, jsonName: 10 } as const;

/** Reads all messages of a file, nested ones too. */
export function readMessageDecls(reader: FileReader): readonly MessageDecl[] {
  const { file } = reader;
  return file.messages.flatMap((message) =>
    readNested(reader, message, [FILE_MESSAGES, file.proto.messageType.indexOf(message.proto)]),
  );
}

function readNested(reader: FileReader, message: DescMessage, path: DescriptorPath): readonly MessageDecl[] {
  const nested = message.nestedMessages.flatMap((inner) =>
    readNested(reader, inner, [...path, MESSAGE.nested, message.proto.nestedType.indexOf(inner.proto)]),
  );
  return [readMessage(reader, message, path), ...nested];
}

function readMessage(reader: FileReader, message: DescMessage, path: DescriptorPath): MessageDecl {
  const option = reader.options.ofMessage(message);
  const placeOf = (name: keyof MessageOption, ...steps: (string | number)[]) =>
    reader.places.atOption([...path, MESSAGE.options], `${MESSAGE_OPTIONS}.${name}`, ...steps);
  return {
    place: reader.places.at([...path, FIELD.name]),
    name: message.typeName,
    fields: message.fields.map((field) =>
      readField(reader, field, [...path, MESSAGE.fields, message.proto.field.indexOf(field.proto)]),
    ),
    nextNumber: nextNumberOf(message),
    imports: message.file.proto.dependency,
    ...readCovers(option, placeOf("default_classification")),
    ...readMatch(option, placeOf("match")),
    subjects: (option.subjects ?? []).map(({ role, path = "" }, index) => ({
      place: placeOf("subjects", index),
      path,
      ...(role !== undefined && { role }),
    })),
    ...readEntity(option, placeOf("entity")),
    ...(option.version && { version: { place: placeOf("version"), paths: option.version.path ?? [] } }),
  };
}

function nextNumberOf({ proto, fields }: DescMessage): number {
  const ends = proto.reservedRange.map(({ end }) => end - 1);
  return Math.max(0, ...ends, ...fields.map(({ number }) => number)) + 1;
}

function readCovers(
  { default_classification: option }: MessageOption,
  place: SourcePlace,
): Pick<MessageDecl, "covers"> {
  return option === undefined ? {} : { covers: { ...readClassification(option, place), covers: option.covers ?? [] } };
}

function readMatch({ match: option }: MessageOption, place: SourcePlace): Pick<MessageDecl, "match"> {
  if (option === undefined) return {};
  const { feed, types = [], base = false, source, detail_type: detailType } = option;
  return {
    match: {
      place,
      types,
      base,
      ...(feed !== undefined && { feed }),
      ...(source !== undefined && { source }),
      ...(detailType !== undefined && { detailType }),
    },
  };
}

function readEntity({ entity: option }: MessageOption, place: SourcePlace): Pick<MessageDecl, "entity"> {
  if (option === undefined) return {};
  const { path: paths = [], birth, never_returns: neverReturns = false, partial = false } = option;
  const { created_by: createdBy = [], deleted_by: deletedBy = [] } = option;
  const entity = { place, paths, neverReturns, createdBy, deletedBy, partial };
  return { entity: { ...entity, ...(birth !== undefined && { birth }) } };
}

function readField(reader: FileReader, field: DescField, path: DescriptorPath): FieldDecl {
  const option = reader.options.ofField(field);
  const placeOf = (name: keyof typeof option, ...steps: (string | number)[]) =>
    reader.places.atOption([...path, FIELD.options], `${FIELD_OPTIONS}.${name}`, ...steps);
  const { classification, map_keys: mapKeys, map_key_classification: ofKeys, enrich, source } = option;
  const hasJsonName = reader.places.isWritten([...path, FIELD.jsonName]);
  return {
    place: reader.places.at([...path, FIELD.name]),
    name: field.name,
    wireName: hasJsonName ? field.jsonName : field.name,
    hasJsonName,
    message: field.parent.typeName,
    ...readType(field),
    ...(classification && { classification: readClassification(classification, placeOf("classification")) }),
    cells: readCells(option.transform?.processor, (index) => placeOf("transform", "processor", index)),
    ...(ofKeys && { keyClassification: readClassification(ofKeys, placeOf("map_key_classification")) }),
    keyCells: readCells(option.map_key_transform?.processor, (index) =>
      placeOf("map_key_transform", "processor", index),
    ),
    alsoAccept: (option.also_accept ?? []).map((name) => JSON_TYPES[name]),
    oneOf: option.one_of ?? [],
    requiredBy: option.required_by ?? [],
    searchAsYouType: option.search_as_you_type ?? false,
    ...(mapKeys !== undefined && { mapKeys }),
    ...(enrich !== undefined && { enrich }),
    ...(source !== undefined && { source }),
  };
}

const JSON_TYPES = { STRING: "string", NUMBER: "number", BOOLEAN: "boolean" } as const;

/** Reads a classification; an unset kind is `OTHER`. */
export function readClassification(option: ClassificationOption, place: SourcePlace): ClassificationDecl {
  const { classification, kind = "OTHER", about, not_a_person: notAPerson, alias } = option;
  return {
    place,
    kind,
    ...(classification !== undefined && { class: classification }),
    ...(about !== undefined && { about }),
    ...(notAPerson && { notAPerson }),
    ...(alias && { alias }),
  };
}

/** Reads cells; `placeOf` tells where the entry with an index is written. */
export function readCells(
  cells: readonly CellOption[] = [],
  placeOf: (index: number) => SourcePlace,
): readonly CellDecl[] {
  return cells.map(({ name, transforms }, index) => ({
    place: placeOf(index),
    processors: name ?? [],
    ops: readOps(transforms),
  }));
}

/** Turns `{ mask: { length: 4 } }` into `{ op: "mask", length: 4 }`; an empty entry has the op `""`. */
export function readOps(transforms: readonly TransformOption[] = []): CellDecl["ops"] {
  return transforms.map((transform) => {
    const [[op, parameters] = ["", {}]] = Object.entries(transform);
    return { op, ...parameters };
  });
}
