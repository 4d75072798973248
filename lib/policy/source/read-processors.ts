import type { DescEnum, DescEnumValue } from "@bufbuild/protobuf";
import type { CeilingDecl, DefaultDecl, ProcessorDecl, SourcePlace, SubscriptionDecl } from "./declarations.ts";
import type { FileReader } from "./file-reader.ts";
import type { ProcessorOption } from "./options.ts";
import type { DescriptorPath } from "./places.ts";
import { readOps } from "./read-message.ts";

/** Numbers of fields of `google.protobuf.EnumDescriptorProto` and `EnumValueDescriptorProto`. */
const ENUM = { values: 2, options: 3 } as const;
const VALUE = { name: 1, options: 3 } as const;

const PACKAGE = "auth0.proto.options.processors.v1";

/** Reads the processors in the order of their declaration; the value 0 stands for none. */
export function readProcessors(
  reader: FileReader,
  declaration: DescEnum,
  path: DescriptorPath,
): readonly ProcessorDecl[] {
  return declaration.values
    .map((value, index) => ({ value, path: [...path, ENUM.values, index] }))
    .filter(({ value }) => value.number !== 0)
    .map(({ value, path }) => readProcessor(reader, value, path));
}

function readProcessor({ options, places }: FileReader, value: DescEnumValue, path: DescriptorPath): ProcessorDecl {
  const { processor: option } = options.ofEnumValue(value);
  const placeOf: PlaceOf = (...steps) => places.atOption([...path, VALUE.options], `${PACKAGE}.processor`, ...steps);
  const parts = Object.keys(option ?? {}) as (keyof ProcessorOption)[];
  return {
    place: places.at([...path, VALUE.name]),
    name: value.name,
    ...(option !== undefined && { option }),
    parts: new Map(parts.map((part) => [part, placeOf(part)])),
    subscribe: readSubscriptions(option, placeOf),
    defaults: readDefaults(option, placeOf),
  };
}

type PlaceOf = (...steps: (string | number)[]) => SourcePlace;

function readSubscriptions(option: ProcessorOption | undefined, placeOf: PlaceOf): readonly SubscriptionDecl[] {
  return (option?.subscribe ?? []).map(({ feed, types = [], schema }, index) => ({
    place: placeOf("subscribe", index),
    types,
    ...(feed !== undefined && { feed }),
    ...(schema !== undefined && { schema }),
  }));
}

function readDefaults(option: ProcessorOption | undefined, placeOf: PlaceOf): readonly DefaultDecl[] {
  return (option?.defaults ?? []).map(({ classification, kind, transforms }, index) => ({
    place: placeOf("defaults", index),
    ...(classification !== undefined && { class: classification }),
    ...(kind !== undefined && { kind }),
    ops: readOps(transforms),
  }));
}

/** Reads the ceilings of the processor enum. */
export function readCeilings(reader: FileReader, declaration: DescEnum, path: DescriptorPath): readonly CeilingDecl[] {
  const { ceiling = [] } = reader.options.ofEnum(declaration);
  return ceiling.map((option, index) => {
    const { tier, leaves_jurisdiction: leavesJurisdiction = false, classification, kind, reveals = [] } = option;
    return {
      place: reader.places.atOption([...path, ENUM.options], `${PACKAGE}.ceiling`, index),
      leavesJurisdiction,
      reveals,
      ...(tier !== undefined && { tier }),
      ...(classification !== undefined && { class: classification }),
      ...(kind !== undefined && { kind }),
    };
  });
}
