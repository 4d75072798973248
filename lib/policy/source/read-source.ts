import { createFileRegistry, type DescEnum, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { Descriptors } from "../build.ts";
import type { PolicySource } from "./declarations.ts";
import type { FileReader } from "./file-reader.ts";
import { createOptionReader } from "./options.ts";
import { createPlaces, type DescriptorPath } from "./places.ts";
import { readMessageDecls } from "./read-message.ts";
import { readOverlays } from "./read-overlays.ts";
import { readCeilings, readProcessors } from "./read-processors.ts";

/** The enum whose values are the processors; `fields.proto` fixes its name. */
const PROCESSOR_ENUM = "auth0.proto.processors.v1.Processor";
/** Files that declare the language itself, or protobuf's own types. */
const NOT_POLICY = /^(google\/|auth0\/proto\/options\/)/;
/** Number of `enum_type` in `google.protobuf.FileDescriptorProto`. */
const ENUMS = 5;

/** Reads what the policy files declare out of their descriptors. */
export function readSource({ image }: Descriptors): PolicySource {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
  const options = createOptionReader(registry);
  const readers = [...registry.files]
    .filter(({ proto }) => !NOT_POLICY.test(proto.name))
    .sort((a, b) => (a.proto.name < b.proto.name ? -1 : 1))
    .map((file) => ({ file, options, places: createPlaces(file, registry) }));
  return {
    messages: new Map(readers.flatMap(readMessageDecls).map((message) => [message.name, message])),
    processors: readers.flatMap((reader) => inProcessorEnum(reader, readProcessors)),
    ceilings: readers.flatMap((reader) => inProcessorEnum(reader, readCeilings)),
    overlays: readers.flatMap(readOverlays),
  };
}

function inProcessorEnum<T>(
  reader: FileReader,
  read: (reader: FileReader, declaration: DescEnum, path: DescriptorPath) => readonly T[],
): readonly T[] {
  const declaration = reader.file.enums.find(({ typeName }) => typeName === PROCESSOR_ENUM);
  if (declaration === undefined) return [];
  return read(reader, declaration, [ENUMS, reader.file.proto.enumType.indexOf(declaration.proto)]);
}
