import {
  type DescEnum,
  type DescEnumValue,
  type DescField,
  type DescFile,
  type DescMessage,
  type FileRegistry,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import {
  EnumOptionsSchema,
  EnumValueOptionsSchema,
  FieldOptionsSchema,
  FileOptionsSchema,
  MessageOptionsSchema,
} from "@bufbuild/protobuf/wkt";
import type { Class, Enrichment, FeedName, FormatName, Kind, Mode, Op, Reveal, Role, SinkName, Tier } from "#plan";

/**
 * The options of `policies/auth0/proto/options` as plain data: names of fields and enum values as in the files, unset
 * ones absent. A test compares these interfaces with the option files.
 */
export interface FieldOption {
  readonly classification?: ClassificationOption;
  readonly transform?: { readonly processor?: readonly CellOption[] };
  readonly also_accept?: readonly ("STRING" | "NUMBER" | "BOOLEAN")[];
  readonly one_of?: readonly string[];
  readonly map_keys?: string;
  readonly map_key_classification?: ClassificationOption;
  readonly map_key_transform?: { readonly processor?: readonly CellOption[] };
  readonly required_by?: readonly string[];
  readonly enrich?: Enrichment;
  readonly source?: string;
  readonly search_as_you_type?: boolean;
}

export interface MessageOption {
  readonly default_classification?: ClassificationOption & { readonly covers?: readonly string[] };
  readonly match?: {
    readonly feed?: FeedName;
    readonly types?: readonly string[];
    readonly base?: boolean;
    readonly source?: string;
    readonly detail_type?: string;
  };
  readonly subjects?: readonly { readonly role?: Role; readonly path?: string }[];
  readonly entity?: {
    readonly path?: readonly string[];
    readonly birth?: string;
    readonly never_returns?: boolean;
    readonly created_by?: readonly string[];
    readonly deleted_by?: readonly string[];
    readonly partial?: boolean;
  };
  readonly version?: { readonly path?: readonly string[] };
}

export interface FileOption {
  readonly overlay?: readonly OverlayOption[];
}

export interface EnumOption {
  readonly ceiling?: readonly {
    readonly tier?: Tier;
    readonly leaves_jurisdiction?: boolean;
    readonly classification?: Class;
    readonly kind?: Kind;
    readonly reveals?: readonly Reveal[];
  }[];
}

export interface EnumValueOption {
  readonly processor?: ProcessorOption;
}

export interface ProcessorOption {
  readonly purpose?: string;
  readonly owner?: string;
  readonly legal_basis?: string;
  readonly sink?: SinkName;
  readonly tier?: Tier;
  readonly region?: RegionOption;
  readonly mode?: Mode;
  readonly format?: FormatName;
  readonly generation?: string;
  readonly retention?: { readonly days?: number };
  readonly subscribe?: readonly {
    readonly feed?: FeedName;
    readonly types?: readonly string[];
    readonly schema?: string;
  }[];
  readonly catch_all?: boolean;
  readonly sampling?: { readonly rate?: number; readonly by?: "EVENT" | "SUBJECT" };
  readonly metadata?: readonly string[];
  readonly output?: string;
  readonly join_group?: string;
  readonly open_objects?: "DROP";
  readonly defaults?: readonly {
    readonly classification?: Class;
    readonly kind?: Kind;
    readonly transforms?: readonly TransformOption[];
  }[];
  readonly test_events?: boolean;
}

/** One of them. */
export interface RegionOption {
  readonly same?: object;
  readonly pop?: object;
  readonly central?: object;
  readonly fixed?: string;
}

export interface ClassificationOption {
  readonly classification?: Class;
  readonly kind?: Kind;
  readonly about?: Role;
  readonly not_a_person?: boolean;
  readonly alias?: boolean;
}

export interface CellOption {
  readonly name?: readonly string[];
  readonly transforms?: readonly TransformOption[];
}

export interface OverlayOption {
  readonly schema?: string;
  readonly path?: string;
  readonly types?: readonly string[];
  readonly classification?: ClassificationOption;
  readonly processor?: readonly CellOption[];
  readonly reason?: string;
  readonly until?: string;
}

/** `{ mask: { length: 4 } }`; empty when no transform is written. */
export type TransformOption = Readonly<Record<string, Readonly<Record<string, Op[string]>>>>;

/** Reads the policy language's options of descriptors. */
export interface OptionReader {
  ofField(field: DescField): FieldOption;
  ofMessage(message: DescMessage): MessageOption;
  ofFile(file: DescFile): FileOption;
  ofEnum(declaration: DescEnum): EnumOption;
  ofEnumValue(value: DescEnumValue): EnumValueOption;
}

/** Creates a reader that knows the extensions of the registry, so that no generated code is needed. */
export function createOptionReader(registry: FileRegistry): OptionReader {
  const read = <T extends Message>(schema: GenMessage<T>, options: T | undefined): object =>
    options === undefined ? {} : keepOurs(toJson(schema, options, { registry, useProtoFieldName: true }));
  return {
    ofField: ({ proto }) => read(FieldOptionsSchema, proto.options),
    ofMessage: ({ proto }) => read(MessageOptionsSchema, proto.options),
    ofFile: ({ proto }) => read(FileOptionsSchema, proto.options),
    ofEnum: ({ proto }) => read(EnumOptionsSchema, proto.options),
    ofEnumValue: ({ proto }) => read(EnumValueOptionsSchema, proto.options),
  };
}

/** Extensions are written as `[full.name]`; ours are told by their package. */
const OUR_EXTENSION = /^\[auth0\.proto\.options\.[a-z]+\.v1\.([a-z_]+)\]$/;

function keepOurs(options: unknown): object {
  const members = Object.entries(options as object).map(([name, value]) => [OUR_EXTENSION.exec(name)?.[1], value]);
  return Object.fromEntries(members.filter(([name]) => name !== undefined));
}
