import { beforeAll, describe, expect, it } from "vitest";
import type { Plan, ShapeField } from "#plan";
import { buildFiles, compile } from "#support/descriptors";

const PROCESSORS = `syntax = "proto3";
package auth0.proto.processors.v1;
import "auth0/proto/options/processors/v1/processors.proto";
enum Processor {
  NONE = 0;
  A = 1 [(auth0.proto.options.processors.v1.processor) = {
    purpose: "test", owner: "tests", sink: LAKE, tier: SPACE, region: { same: {} }, mode: EVERY_EVENT
    retention: { days: 30 }, sampling: { rate: 0.5 }, metadata: "SPACE", test_events: true, generation: "g2"
    subscribe: { feed: CUSTOM, types: "*" }
    open_objects: DROP
    defaults: { classification: PUBLIC, transforms: [] }
    defaults: { classification: PII, transforms: { mask: {} } }
  }];
  B = 2 [(auth0.proto.options.processors.v1.processor) = {
    purpose: "test", owner: "tests", sink: LAKE, tier: SPACE, region: { same: {} }, mode: EVERY_EVENT
    format: SEALED
    catch_all: true
  }];
}
`;
const SCHEMAS = `syntax = "proto3";
package shop;
import "auth0/proto/options/fields/v1/fields.proto";
import "auth0/proto/options/messages/v1/messages.proto";
import "google/protobuf/struct.proto";

message Order {
  option (auth0.proto.options.messages.v1.match) = { feed: CUSTOM, source: "shop", detail_type: "order" };
  option (auth0.proto.options.messages.v1.default_classification) = {
    classification: PUBLIC, covers: ["state", "either", "tags", "extra", "values", "labels"]
  };
  Person buyer = 1 [(auth0.proto.options.fields.v1.required_by) = A];
  repeated Person others = 2;
  map<string, Person> by_role = 3 [
    (auth0.proto.options.fields.v1.map_keys) = "[a-z]+",
    (auth0.proto.options.fields.v1.map_key_classification) = { classification: PUBLIC }
  ];
  string state = 4 [(auth0.proto.options.fields.v1.one_of) = "open", (auth0.proto.options.fields.v1.one_of) = "paid"];
  bool either = 5 [(auth0.proto.options.fields.v1.also_accept) = STRING];
  repeated string tags = 6;
  google.protobuf.Struct extra = 7;
  repeated google.protobuf.Value values = 8;
  map<string, int32> labels = 9;
}
message Person {
  string name = 1 [(auth0.proto.options.fields.v1.classification) = { classification: PII, about: ACTOR }];
}
`;

describe("shapes", () => {
  let plans: readonly Plan[];
  beforeAll(async () => {
    plans = compile(await buildFiles({ "processors.proto": PROCESSORS, "shop.proto": SCHEMAS })).plans;
  });

  const rootOf = (plan: Plan | undefined) => plan?.shapes[plan.routes[0]?.root ?? -1]?.fields ?? [];
  const fieldOf = (name: string): ShapeField | undefined => rootOf(plans[0]).find((field) => field.name === name);
  const plain = { class: "PUBLIC", kind: "OTHER", ops: [], onFence: "keep" };
  const dropped = { ...plain, ops: [{ op: "drop" }] };

  it("are shared by index wherever they are equal, with fields sorted by name", () => {
    const names = rootOf(plans[0]).map(({ name }) => name);
    expect(names).toEqual(["buyer", "by_role", "either", "extra", "labels", "others", "state", "tags", "values"]);
    expect(plans[0]?.shapes[0]).toEqual({
      fields: [
        {
          name: "name",
          node: {
            node: "leaf",
            cell: {
              kinds: ["string"],
              class: "PII",
              kind: "OTHER",
              ops: [{ op: "mask" }],
              onFence: "drop",
              about: "ACTOR",
            },
          },
        },
      ],
    });
    expect(plans[0]?.shapes).toHaveLength(2);
  });

  it.each([
    ["a required message", "buyer", { name: "buyer", required: true, node: { node: "message", shape: 0 } }],
    ["a list", "others", { name: "others", node: { node: "list", item: { node: "message", shape: 0 } } }],
    [
      "a map with a pattern",
      "by_role",
      {
        name: "by_role",
        node: {
          node: "map",
          keys: "[a-z]+",
          key: { ...plain, kinds: ["string"] },
          value: { node: "message", shape: 0 },
        },
      },
    ],
    [
      "allowed strings",
      "state",
      { name: "state", node: { node: "leaf", cell: { ...plain, kinds: ["string"], oneOf: ["open", "paid"] } } },
    ],
    [
      "a second type",
      "either",
      { name: "either", node: { node: "leaf", cell: { ...plain, kinds: ["string", "boolean"] } } },
    ],
    [
      "a list of strings",
      "tags",
      { name: "tags", node: { node: "list", item: { node: "leaf", cell: { ...plain, kinds: ["string"] } } } },
    ],
    ["an open object", "extra", { name: "extra", node: { node: "open", cell: { ...dropped, kinds: ["object"] } } }],
    [
      "a list of open values",
      "values",
      {
        name: "values",
        node: {
          node: "list",
          item: { node: "open", cell: { ...dropped, kinds: ["string", "number", "boolean", "array", "object"] } },
        },
      },
    ],
    [
      "a map whose keys may be anything, as an open object",
      "labels",
      { name: "labels", node: { node: "open", cell: { ...dropped, kinds: ["object"] } } },
    ],
  ])("write %s", (_title, name, expected) => {
    expect(fieldOf(name)).toEqual(expected);
  });

  it("require a field for the processors that say so", () => {
    expect(rootOf(plans[1]).filter(({ required }) => required)).toEqual([]);
  });

  it("keep everything for a processor that takes events whole", () => {
    expect(plans[1]?.source).toBe("whole");
    expect(plans[0]?.source).toBe("fields");
    expect(rootOf(plans[1]).find(({ name }) => name === "extra")?.node).toMatchObject({ cell: { ops: [] } });
  });

  it("stand beside how the records are delivered", () => {
    expect(plans[0]).toMatchObject({ v: 1, processor: "A", generation: "g2" });
    expect(plans[0]?.delivery).toMatchObject({
      sink: "LAKE",
      mode: "EVERY_EVENT",
      format: "JSON",
      tier: "SPACE",
      region: "eu-west-1",
      retentionDays: 30,
      sampling: { rate: 0.5, by: "EVENT" },
      metadata: ["SPACE"],
      testEvents: true,
    });
    expect(plans[1]?.delivery.retentionDays).toBeUndefined();
  });
});
