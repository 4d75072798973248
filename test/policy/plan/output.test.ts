import { beforeAll, describe, expect, it } from "vitest";
import type { Policy } from "#policy";
import { buildFiles, compile } from "#support/descriptors";

const PROCESSORS = `syntax = "proto3";
package auth0.proto.processors.v1;
import "auth0/proto/options/processors/v1/processors.proto";
enum Processor {
  NONE = 0;
  A = 1 [(auth0.proto.options.processors.v1.processor) = {
    purpose: "test", owner: "tests", sink: LAKE, tier: SPACE, region: { same: {} }, mode: EVERY_EVENT
    output: "shop.Document"
    subscribe: { feed: KRATOS, types: "user.created" }
    defaults: { classification: PUBLIC, transforms: [] }
    defaults: { classification: PII, transforms: { mask_email: {} } }
    defaults: { classification: PII, kind: TIMESTAMP, transforms: { generalize_time: { unit: DAY } } }
  }];
}
`;
const SCHEMAS = `syntax = "proto3";
package shop;
import "auth0/proto/options/fields/v1/fields.proto";
import "auth0/proto/options/files/v1/files.proto";
import "auth0/proto/options/messages/v1/messages.proto";

option (auth0.proto.options.files.v1.overlay) = {
  schema: "shop.User" path: "user.city" processor: { name: A, transforms: { drop: {} } }
};

message User {
  option (auth0.proto.options.messages.v1.match) = { feed: KRATOS, types: "user.created" };
  Person user = 1;
  double count = 2 [(auth0.proto.options.fields.v1.classification) = { classification: PUBLIC }];
}
message Person {
  string mail = 1 [(auth0.proto.options.fields.v1.classification) = { classification: PII, kind: EMAIL, about: TARGET }];
  string born_at = 2 [(auth0.proto.options.fields.v1.classification) = { classification: PII, kind: TIMESTAMP }];
  string city = 3 [(auth0.proto.options.fields.v1.classification) = { classification: PUBLIC }];
  repeated string tags = 4 [(auth0.proto.options.fields.v1.classification) = { classification: PUBLIC }];
  // Undecided, which does not matter where it is not picked.
  string address = 5 [(auth0.proto.options.fields.v1.classification) = { classification: CONFIDENTIAL }];
}
message Document {
  string key = 1 [(auth0.proto.options.fields.v1.enrich) = DELIVERY_ID];
  double rate = 2 [(auth0.proto.options.fields.v1.enrich) = SAMPLE_RATE];
  string mail = 3 [(auth0.proto.options.fields.v1.source) = "user.mail"];
  string person = 4 [
    (auth0.proto.options.fields.v1.source) = "user.mail",
    (auth0.proto.options.fields.v1.transform) = { processor: { name: A, transforms: { pseudonymize: {} } } }
  ];
  string born_on = 5 [json_name = "born-on", (auth0.proto.options.fields.v1.source) = "user.born_at"];
  // The overlay on the source comes first.
  string city = 6 [
    (auth0.proto.options.fields.v1.search_as_you_type) = true,
    (auth0.proto.options.fields.v1.source) = "user.city",
    (auth0.proto.options.fields.v1.transform) = { processor: { name: A, transforms: [] } }
  ];
  repeated string tags = 7 [(auth0.proto.options.fields.v1.source) = "user.tags[]"];
  int64 count = 8 [(auth0.proto.options.fields.v1.source) = "count"];
}
`;

describe("an output message", () => {
  let policy: Policy;
  beforeAll(async () => {
    policy = compile(await buildFiles({ "processors.proto": PROCESSORS, "shop.proto": SCHEMAS }));
  });

  it("picks, renames and generates, in its own order", () => {
    const { output } = policy.plans[0] ?? {};
    const fields = output?.fields.map(({ name, source, enrich, cell, column }) => [
      name,
      source?.join(".") ?? enrich,
      cell.ops.map(({ op }) => op).join(),
      column,
    ]);
    expect(output?.schema).toBe("shop.Document");
    expect(fields).toEqual([
      ["key", "DELIVERY_ID", "", "STRING"],
      ["rate", "SAMPLE_RATE", "", "DOUBLE"],
      ["mail", "user.mail", "mask_email", "STRING"],
      ["person", "user.mail", "pseudonymize", "STRING"],
      ["born-on", "user.born_at", "generalize_time", "TIMESTAMP"],
      ["city", "user.city", "drop", "STRING"],
      ["tags", "user.tags", "", { list: "STRING" }],
      ["count", "count", "", "INT64"],
    ]);
  });

  it("says which fields are found by their first letters", () => {
    const found = policy.plans[0]?.output?.fields.filter(({ searchAsYouType }) => searchAsYouType);
    expect(found?.map(({ name }) => name)).toEqual(["city"]);
  });

  it("has the class of the source", () => {
    expect(policy.plans[0]?.output?.fields[2]?.cell).toEqual({
      kinds: ["string"],
      class: "PII",
      kind: "EMAIL",
      ops: [{ op: "mask_email" }],
      onFence: "drop",
      about: "TARGET",
    });
  });

  const cellOf = (path: string) => policy.matrix.find((row) => row.path === path)?.cells["A"];

  it("drops what it does not pick", () => {
    expect(cellOf("user.address")).toMatchObject({
      transforms: [{ op: "drop" }],
      reveals: [],
      origin: { rule: "not_in_output", how: "not in shop.Document" },
    });
  });

  it("shows each decision about a value that it picks twice, the most revealing first of all", () => {
    expect(cellOf("user.mail")).toMatchObject({
      transforms: [{ op: "mask_email" }],
      reveals: ["PRESENCE", "PARTIAL"],
      origin: { rule: "class_default" },
      outputs: [
        { field: "mail", transforms: [{ op: "mask_email" }], reveals: ["PRESENCE", "PARTIAL"] },
        { field: "person", transforms: [{ op: "pseudonymize" }], reveals: ["PRESENCE", "EQUALITY"] },
      ],
    });
  });

  it("yields to an overlay on the source", () => {
    expect(cellOf("user.city")?.origin).toMatchObject({ rule: "overlay", how: "overlay on user.city" });
  });

  it("has its generated values among the transport rows", () => {
    const row = policy.matrix.find(({ path }) => path === "output.key");
    expect(row).toMatchObject({ schema: "transport", classification: "IDENTIFIER", kind: "EVENT_ID" });
  });
});
