import { beforeAll, describe, expect, it } from "vitest";
import { describeOps } from "#plan";
import type { Policy } from "#policy";
import { buildFiles, compile } from "#support/descriptors";

const PROCESSORS = `syntax = "proto3";
package auth0.proto.processors.v1;
import "auth0/proto/options/processors/v1/processors.proto";
enum Processor {
  NONE = 0;
  A = 1 [(auth0.proto.options.processors.v1.processor) = {
    purpose: "test", owner: "tests", sink: LAKE, tier: SPACE, region: { same: {} }, mode: EVERY_EVENT
    subscribe: { feed: KRATOS, types: "user.*" }
    open_objects: DROP
    defaults: { classification: PUBLIC, transforms: [] }
    defaults: { classification: PII, transforms: { pseudonymize: {} } }
    defaults: { classification: PII, kind: EMAIL, transforms: { mask_email: {} } }
  }];
  WHOLE = 2 [(auth0.proto.options.processors.v1.processor) = {
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
import "auth0/proto/options/files/v1/files.proto";
import "google/protobuf/struct.proto";

option (auth0.proto.options.files.v1.overlay) = {
  schema: "shop.User" path: "overlaid" processor: { name: A, transforms: { mask: {} } }
};
option (auth0.proto.options.files.v1.overlay) = {
  schema: "shop.User" path: "outer.person.mail" processor: { name: [A, WHOLE], transforms: { drop: {} } }
};
option (auth0.proto.options.files.v1.overlay) = {
  schema: "shop.User" path: "labels" reason: "test" processor: { name: A, transforms: { encrypt: {} } }
};
option (auth0.proto.options.files.v1.overlay) = {
  schema: "shop.User" path: "reclassified" classification: { classification: PUBLIC } reason: "test"
};
option (auth0.proto.options.files.v1.overlay) = {
  schema: "shop.User" path: "typed" types: "user.deleted" processor: { name: A, transforms: { drop: {} } }
};
option (auth0.proto.options.files.v1.overlay) = {
  schema: "shop.User" path: "previous_object.person.name" reason: "test" processor: { name: A, transforms: { mask: {} } }
};

option (auth0.proto.options.files.v1.overlay) = {
  schema: "shop.User" path: "history" processor: { name: A, transforms: { truncate: { length: 9 } } } reason: "test"
};

message User {
  option (auth0.proto.options.messages.v1.match) = { feed: KRATOS, types: ["user.created", "user.deleted", "user.updated"] };
  option (auth0.proto.options.messages.v1.default_classification) = {
    classification: PII, covers: ["by_class", "overlaid", "own", "typed", "outer", "previous_object", "history"]
  };
  string by_class = 1;
  string by_kind = 2 [(auth0.proto.options.fields.v1.classification) = { classification: PII, kind: EMAIL }];
  string overlaid = 3 [(auth0.proto.options.fields.v1.transform) = { processor: { name: A, transforms: { truncate: { length: 1 } } } }];
  string own = 4 [(auth0.proto.options.fields.v1.transform) = { processor: { name: A, transforms: { truncate: { length: 2 } } } }];
  Outer outer = 5 [(auth0.proto.options.fields.v1.transform) = { processor: { name: A, transforms: { truncate: { length: 3 } } } }];
  string secret = 6 [(auth0.proto.options.fields.v1.classification) = { classification: SECRET }];
  google.protobuf.Struct open = 7 [(auth0.proto.options.fields.v1.classification) = { classification: PUBLIC }];
  map<string, string> labels = 8 [(auth0.proto.options.fields.v1.classification) = { classification: PUBLIC }];
  Outer previous_object = 9;
  string reclassified = 10 [(auth0.proto.options.fields.v1.classification) = { classification: PII }];
  string typed = 11;
  map<string, string> known = 12 [
    (auth0.proto.options.fields.v1.classification) = { classification: PUBLIC },
    (auth0.proto.options.fields.v1.map_keys) = "[a-z]+"
  ];
  History history = 14;
  repeated string tags = 13 [(auth0.proto.options.fields.v1.classification) = { classification: PUBLIC }];
}

message History {
  string note = 1;
  Outer previous_object = 2;
}

message Outer {
  Person person = 1 [(auth0.proto.options.fields.v1.transform) = { processor: { name: A, transforms: { truncate: { length: 4 } } } }];
  string note = 2;
}

message Person {
  string name = 1;
  string mail = 2 [(auth0.proto.options.fields.v1.transform) = { processor: { name: A, transforms: { truncate: { length: 5 } } } }];
  string city = 3 [(auth0.proto.options.fields.v1.classification) = { classification: PUBLIC }];
}

message Team {
  option (auth0.proto.options.messages.v1.match) = { feed: KRATOS, types: "team.created" };
  string name = 1 [(auth0.proto.options.fields.v1.classification) = { classification: CONFIDENTIAL }];
}
`;

describe("a cell is decided by", () => {
  let policy: Policy;
  beforeAll(async () => {
    policy = compile(await buildFiles({ "processors.proto": PROCESSORS, "shop.proto": SCHEMAS }));
  });

  const rowsOf = (path: string) => policy.matrix.filter((row) => row.path === path);
  const show = (path: string, processor: string) => {
    const [row] = rowsOf(path);
    const cell = row?.cells[processor];
    return cell && `${describeOps(cell.transforms)} | ${cell.origin.rule} | ${cell.origin.how}`;
  };

  it.each([
    ["the class", "by_class", "pseudonymize | class_default | default for PII"],
    ["the kind before the class", "by_kind", "mask_email | kind_default | default for PII EMAIL"],
    ["the field before the defaults", "own", "truncate(length: 2) | field | the field's own transform"],
    ["an overlay before the field", "overlaid", "mask | overlay | overlay on overlaid"],
    ["the enclosing field", "outer.note", "truncate(length: 3) | enclosing_field | transform of outer"],
    [
      "the nearest enclosing field",
      "outer.person.name",
      "truncate(length: 4) | enclosing_field | transform of outer.person",
    ],
    [
      "the enclosing field, whatever the class",
      "outer.person.city",
      "truncate(length: 4) | enclosing_field | transform of outer.person",
    ],
    ["an overlay inside", "outer.person.mail", "drop | overlay | overlay on outer.person.mail"],
    ["SECRET", "secret", "drop | secret | SECRET is dropped everywhere"],
    ["open_objects", "open", "drop | open_objects | open_objects: DROP"],
    ["an overlay on an open map", "labels", "encrypt | overlay | overlay on labels"],
    [
      "previous_object, which the field inside does not reach",
      "previous_object.person.mail",
      "drop | previous_object | previous_object is dropped by default",
    ],
    [
      "previous_object, which an overlay around it does not reach",
      "history.previous_object.note",
      "drop | previous_object | previous_object is dropped by default",
    ],
    ["an overlay on what is around", "history.note", "truncate(length: 9) | overlay | overlay on history"],
    [
      "an overlay inside previous_object",
      "previous_object.person.name",
      "mask | overlay | overlay on previous_object.person.name",
    ],
    ["a class that an overlay gives", "reclassified", "keep | class_default | default for PUBLIC"],
    ["the class of a map's values", "known{}", "keep | class_default | default for PUBLIC"],
    ["the class of a list's elements", "tags[]", "keep | class_default | default for PUBLIC"],
    ["not subscribing", "name", "drop | not_subscribed | not subscribed"],
  ])("%s", (_title, path, expected) => {
    expect(show(path, "A")).toBe(expected);
  });

  it.each([
    ["catch_all", "by_class", "keep | catch_all | catch_all keeps what is not SECRET"],
    [
      "catch_all, previous_object and open objects included",
      "previous_object.note",
      "keep | catch_all | catch_all keeps what is not SECRET",
    ],
    ["SECRET before catch_all", "secret", "drop | secret | SECRET is dropped everywhere"],
    ["a drop before catch_all", "outer.person.mail", "drop | overlay | overlay on outer.person.mail"],
  ])("%s, for a processor that takes events whole", (_title, path, expected) => {
    expect(show(path, "WHOLE")).toBe(expected);
  });

  it("has a row of its own where an overlay holds for some types", () => {
    expect(rowsOf("typed").map(({ types, cells }) => [types, cells["A"]?.origin.rule])).toEqual([
      [undefined, "class_default"],
      [["user.deleted"], "overlay"],
    ]);
    expect(rowsOf("own")).toHaveLength(1);
  });

  it("is told for every path and processor", () => {
    const names = policy.matrix.map(({ cells }) => Object.keys(cells).sort().join());
    expect(new Set(names)).toEqual(new Set(["A,WHOLE"]));
  });

  it("splits the routes where an overlay holds for some types", () => {
    const routes = policy.plans[0]?.routes.map(({ match, subscribed, root }) => [match.types, subscribed, root]);
    expect(routes).toEqual([
      [["team.created"], false, undefined],
      [["user.created", "user.updated"], true, expect.any(Number)],
      [["user.deleted"], true, expect.any(Number)],
    ]);
    expect(routes?.[1]?.[2]).not.toBe(routes?.[2]?.[2]);
  });
});
