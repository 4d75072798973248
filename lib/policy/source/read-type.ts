import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import type { JsonKind } from "#json";
import type { FieldDecl, TypeDecl } from "./declarations.ts";

/** Messages of protobuf that stand for JSON values nobody declared, and the JSON types they allow. */
const OPEN_TYPES: ReadonlyMap<string, readonly JsonKind[]> = new Map<string, readonly JsonKind[]>([
  ["google.protobuf.Struct", ["object"]],
  ["google.protobuf.Value", ["string", "number", "boolean", "array", "object"]],
  ["google.protobuf.ListValue", ["array"]],
]);

/** Reads the type of a field: what one value may be, and whether there is one, a list or a map of them. */
export function readType(field: DescField): Pick<FieldDecl, "repeat" | "type"> {
  if (field.fieldKind === "list") return { repeat: "list", type: readElement(field.listKind, field) };
  if (field.fieldKind !== "map") return { repeat: "one", type: readElement(field.fieldKind, field) };
  if (field.mapKey === ScalarType.STRING) return { repeat: "map", type: readElement(field.mapKind, field) };
  const found = `a map with ${ScalarType[field.mapKey].toLowerCase()} keys`;
  return {
    repeat: "map",
    type: { type: "unsupported", found, help: "keys of JSON objects are strings: `map<string, …>`" },
  };
}

function readElement(kind: "scalar" | "enum" | "message", { scalar, enum: enumType, message }: DescField): TypeDecl {
  if (kind === "message") return readMessageType(message);
  if (kind === "scalar") return readScalarType(scalar);
  return { type: "unsupported", found: `the enum ${enumType?.typeName}`, help: "write `string` with `one_of`" };
}

function readMessageType(message: DescMessage | undefined): TypeDecl {
  const name = message?.typeName ?? "";
  const kinds = OPEN_TYPES.get(name);
  if (kinds !== undefined) return { type: "open", kinds };
  if (!name.startsWith("google.protobuf.")) return { type: "message", name };
  return {
    type: "unsupported",
    found: name,
    help: "write the JSON type itself, such as `string`; times are strings, and any field may be absent",
  };
}

function readScalarType(scalar: ScalarType | undefined): TypeDecl {
  if (scalar === ScalarType.STRING) return { type: "scalar", kind: "string" };
  if (scalar === ScalarType.BOOL) return { type: "scalar", kind: "boolean" };
  const integer = scalar !== ScalarType.DOUBLE && scalar !== ScalarType.FLOAT;
  if (scalar !== ScalarType.BYTES) return { type: "scalar", kind: "number", integer };
  return { type: "unsupported", found: "bytes", help: "write `string`: JSON has no bytes" };
}
