import { createFileRegistry, type DescMessage, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { beforeAll, describe, expect, it } from "vitest";
import { CLASSES, ENRICHMENTS, FEEDS, KINDS, REVEALS } from "#plan";
import type { Descriptors } from "#policy";
import { buildFiles } from "#support/descriptors";
import type { PolicySource } from "../../../lib/policy/source/declarations.ts";
import { readSource } from "../../../lib/policy/source/read-source.ts";

const PROCESSORS = `syntax = "proto3";
package auth0.proto.processors.v1;
import "auth0/proto/options/processors/v1/processors.proto";
enum Processor {
  option (auth0.proto.options.processors.v1.ceiling) = { tier: POP, classification: PII, kind: IP, reveals: [PRESENCE, LENGTH] };
  NONE = 0;
  A = 1 [(auth0.proto.options.processors.v1.processor) = {
    purpose: "reading"
    subscribe: { feed: CUSTOM, types: "*" }
    defaults: { classification: PII, kind: EMAIL, transforms: { mask_email: { keep: 0 } } }
  }];
  B = 2;
}
`;
const SCHEMA = `syntax = "proto3";
package shop;
import "auth0/proto/options/fields/v1/fields.proto";
import "auth0/proto/options/messages/v1/messages.proto";
import "auth0/proto/options/files/v1/files.proto";
import "google/protobuf/struct.proto";
option (auth0.proto.options.files.v1.overlay) = { schema: "shop.User" path: "user_id" reason: "why" until: "2027-01-01" };
option (auth0.proto.options.files.v1.overlay) = { schema: "shop.User" path: "tags" types: ["a", "b"] processor: { name: A } };
message User {
  option (auth0.proto.options.messages.v1.match) = { feed: AUTH0_LOGS, base: true };
  option (auth0.proto.options.messages.v1.subjects) = { role: ACTOR, path: "user_id" };
  string user_id = 1 [
    (auth0.proto.options.fields.v1.transform) = {
      processor: { name: [A, B], transforms: [{ mask: { length: 4, reverse: true } }, { truncate: { length: 2 } }] }
      processor: { name: A, transforms: [] }
    }
  ];
  string user_agent = 2 [json_name = "user-agent"];
  string event_schema = 3 [json_name = "$event_schema"];
  repeated string tags = 4;
  map<string, google.protobuf.Value> labels = 5;
  oneof either { bool yes = 6; int64 count = 7; }
  message Inner { double share = 1; }
  Inner inner = 8;
}
`;

describe("readSource", () => {
  let descriptors: Descriptors;
  let source: PolicySource;
  beforeAll(async () => {
    descriptors = await buildFiles({ "processors.proto": PROCESSORS, "shop/user.proto": SCHEMA });
    source = readSource(descriptors);
  });

  const fields = () => source.messages.get("shop.User")?.fields ?? [];

  it("takes the explicit json_name as the key, else the name as it is, never camelCase", () => {
    const names = fields().map(({ wireName }) => wireName);
    expect(names).toEqual(["user_id", "user-agent", "$event_schema", "tags", "labels", "yes", "count", "inner"]);
  });

  it("reads types, lists and maps", () => {
    expect(Object.fromEntries(fields().map(({ name, repeat, type }) => [name, { repeat, type }]))).toMatchObject({
      user_id: { repeat: "one", type: { type: "scalar", kind: "string" } },
      tags: { repeat: "list", type: { type: "scalar", kind: "string" } },
      labels: { repeat: "map", type: { type: "open", kinds: ["string", "number", "boolean", "array", "object"] } },
      yes: { repeat: "one", type: { type: "scalar", kind: "boolean" } },
      count: { repeat: "one", type: { type: "scalar", kind: "number", integer: true } },
      inner: { repeat: "one", type: { type: "message", name: "shop.User.Inner" } },
    });
    expect(source.messages.get("shop.User.Inner")?.fields[0]?.type).toEqual({
      type: "scalar",
      kind: "number",
      integer: false,
    });
  });

  it("reads cells with the place of each", () => {
    expect(fields()[0]?.cells).toEqual([
      {
        place: { file: "shop/user.proto", line: 14, column: 7 },
        processors: ["A", "B"],
        ops: [
          { op: "mask", length: 4, reverse: true },
          { op: "truncate", length: 2 },
        ],
      },
      { place: { file: "shop/user.proto", line: 15, column: 7 }, processors: ["A"], ops: [] },
    ]);
  });

  it("reads overlays", () => {
    expect(source.overlays).toEqual([
      {
        place: { file: "shop/user.proto", line: 7, column: 1 },
        schema: "shop.User",
        path: "user_id",
        types: [],
        cells: [],
        reason: "why",
        until: "2027-01-01",
      },
      {
        place: { file: "shop/user.proto", line: 8, column: 1 },
        schema: "shop.User",
        path: "tags",
        types: ["a", "b"],
        cells: [{ place: { file: "shop/user.proto", line: 8, column: 1 }, processors: ["A"], ops: [] }],
        reason: "",
      },
    ]);
  });

  it("reads processors without the value 0, and ceilings", () => {
    expect(source.processors.map(({ name, option }) => [name, option?.purpose])).toEqual([
      ["A", "reading"],
      ["B", undefined],
    ]);
    expect(source.processors[0]?.defaults).toEqual([
      {
        place: { file: "processors.proto", line: 10, column: 5 },
        class: "PII",
        kind: "EMAIL",
        ops: [{ op: "mask_email", keep: 0 }],
      },
    ]);
    expect(source.ceilings).toEqual([
      {
        place: { file: "processors.proto", line: 5, column: 3 },
        tier: "POP",
        leavesJurisdiction: false,
        class: "PII",
        kind: "IP",
        reveals: ["PRESENCE", "LENGTH"],
      },
    ]);
  });
});

describe("the language", () => {
  let messages: ReadonlyMap<string, DescMessage>;
  let extensions: readonly string[];
  let namesOf: (enumName: string) => readonly string[];
  beforeAll(async () => {
    const { image } = await buildFiles({ "processors.proto": PROCESSORS });
    const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
    messages = new Map([...registry].flatMap((desc) => (desc.kind === "message" ? [[desc.typeName, desc]] : [])));
    extensions = [...registry].flatMap((desc) => (desc.kind === "extension" ? [desc.typeName] : []));
    namesOf = (name) =>
      registry
        .getEnum(`auth0.proto.options.${name}`)
        ?.values.map((value) => value.name)
        .filter((value) => !value.endsWith("_UNSPECIFIED")) ?? [];
  });

  it.each([
    ["types.v1.Class", CLASSES],
    ["types.v1.Kind", Object.keys(KINDS)],
    ["types.v1.Reveal", REVEALS],
    ["types.v1.Feed", FEEDS],
    ["fields.v1.Enrichment", ENRICHMENTS],
    ["processors.v1.Sink", ["LAKE", "LOG_INDEX", "ENTITY_INDEX", "FIFO_QUEUE", "STANDARD_QUEUE"]],
    ["processors.v1.Tier", ["SPACE", "POP", "CENTRAL"]],
    ["processors.v1.Mode", ["EVERY_EVENT", "NEWEST_STATE"]],
    ["processors.v1.Format", ["JSON", "PARQUET", "AVRO", "SEALED"]],
    ["types.v1.About", ["TARGET", "ACTOR"]],
  ])("%s has the names that the code knows", (name, known) => {
    expect(namesOf(name)).toEqual(known);
  });

  it("extends protobuf by no option that the compiler does not read", () => {
    const names = extensions.map((name) => name.replace("auth0.proto.options.", "")).sort();
    expect(names).toEqual([
      "fields.v1.also_accept",
      "fields.v1.classification",
      "fields.v1.enrich",
      "fields.v1.map_key_classification",
      "fields.v1.map_key_transform",
      "fields.v1.map_keys",
      "fields.v1.one_of",
      "fields.v1.required_by",
      "fields.v1.search_as_you_type",
      "fields.v1.source",
      "fields.v1.transform",
      "files.v1.overlay",
      "messages.v1.default_classification",
      "messages.v1.entity",
      "messages.v1.match",
      "messages.v1.subjects",
      "messages.v1.version",
      "processors.v1.ceiling",
      "processors.v1.processor",
    ]);
  });

  it("has no part of an option that the compiler does not read", () => {
    const read: Readonly<Record<string, readonly string[]>> = {
      "types.v1.Classification": ["classification", "kind", "about", "note", "not_a_person", "alias"],
      "types.v1.DefaultClassification": ["classification", "kind", "about", "covers", "not_a_person", "alias"],
      "messages.v1.Match": ["feed", "types", "base", "source", "detail_type"],
      "messages.v1.Subject": ["role", "path"],
      "messages.v1.Entity": ["path", "created_by", "deleted_by", "partial", "birth", "never_returns"],
      "messages.v1.Version": ["path"],
      "fields.v1.Cell": ["name", "transforms"],
      "files.v1.Overlay": ["schema", "path", "types", "classification", "processor", "reason", "until"],
      "processors.v1.Subscription": ["feed", "types", "schema"],
      "processors.v1.Sampling": ["rate", "by"],
      "processors.v1.ClassDefault": ["classification", "kind", "transforms"],
      "processors.v1.Ceiling": ["tier", "leaves_jurisdiction", "classification", "reveals", "kind"],
      "processors.v1.ProcessorOptions": [
        "purpose",
        "owner",
        "legal_basis",
        "sink",
        "tier",
        "region",
        "mode",
        "format",
        "generation",
        "retention",
        "subscribe",
        "catch_all",
        "sampling",
        "metadata",
        "output",
        "join_group",
        "open_objects",
        "defaults",
        "test_events",
      ],
    };
    const declared = Object.keys(read).map((name) => [
      name,
      messages.get(`auth0.proto.options.${name}`)?.fields.map((field) => field.name),
    ]);
    expect(Object.fromEntries(declared)).toEqual(read);
  });
});
