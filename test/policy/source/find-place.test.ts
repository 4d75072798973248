import { beforeAll, describe, expect, it } from "vitest";
import { type Declarations, type EventType, readDeclarations } from "#policy";
import { buildFiles } from "#support/descriptors";

const PROCESSORS = `syntax = "proto3";
package auth0.proto.processors.v1;
enum Processor { NONE = 0; }
`;
const SCHEMAS = `syntax = "proto3";
package shop;
import "auth0/proto/options/messages/v1/messages.proto";
import "google/protobuf/struct.proto";

message Person {
  string id = 1;
  reserved 9 to 11;
}
message Created {
  option (auth0.proto.options.messages.v1.match) = { feed: AUTH0_EVENTS, types: ["a", "b"] };
  Data data = 3;
  message Data {
    repeated Person people = 1;
    map<string, Person> by_name = 2 [json_name = "byName"];
    google.protobuf.Struct free = 15;
  }
}
message Anything {
  option (auth0.proto.options.messages.v1.match) = { feed: AUTH0_LOGS, base: true };
  string is_mobile = 1 [json_name = "is_mobile"];
}
message Placed {
  option (auth0.proto.options.messages.v1.match) = { feed: CUSTOM, source: "shop", detail_type: "Placed" };
  string id = 1;
}
message Shipped {
  option (auth0.proto.options.messages.v1.match) = { feed: CUSTOM, source: "shop", detail_type: "Moved" };
}
message Moved {
  option (auth0.proto.options.messages.v1.match) = { feed: CUSTOM, source: "store", detail_type: "Moved" };
}
`;

describe("readDeclarations", () => {
  let declarations: Declarations;
  beforeAll(async () => {
    declarations = readDeclarations(await buildFiles({ "processors.proto": PROCESSORS, "shop.proto": SCHEMAS }));
  });
  const find = (event: EventType, path: string) => declarations.find(event, path);
  const A: EventType = { feed: "AUTH0_EVENTS", type: "a" };

  it.each([
    ["the root", A, "x", "shop.Created", "shop.Created"],
    ["an object", A, "data.x", "shop.Created.Data", "shop.Created"],
    ["items of a list", A, "data.people[].x", "shop.Person", "shop.Created"],
    ["values of a map", A, "data.byName{}.x", "shop.Person", "shop.Created"],
    ["a type of a base schema", { feed: "AUTH0_LOGS", type: "any" }, "x", "shop.Anything", "shop.Anything"],
    ["a custom event", { feed: "CUSTOM", type: "Placed" }, "x", "shop.Placed", "shop.Placed"],
  ] as const)("finds the message of an undeclared name in %s", (_, event, path, ...names) => {
    const found = find(event, path);
    expect([found?.message.name, found?.schema]).toEqual(names);
    expect(found?.field).toBeUndefined();
  });

  it.each([
    ["data", "data"],
    ["data.people", "people"],
    ["data.people[]", "people"],
    ["data.people[].id", "id"],
    ["data.byName", "by_name"],
  ])("finds the field of %s", (path, name) => {
    expect(find({ feed: "AUTH0_EVENTS", type: "b" }, path)?.field?.name).toBe(name);
  });

  it.each([
    ["an event that no schema takes", { feed: "AUTH0_EVENTS", type: "c" }, "x"],
    ["a custom event of which the source decides", { feed: "CUSTOM", type: "Moved" }, "x"],
    ["a place inside an open value", A, "data.free.x"],
    ["a place below an undeclared name", A, "data.x.y"],
  ] as const)("finds nothing for %s", (_, event, path) => {
    expect(find(event, path)).toBeUndefined();
  });

  it("says where the message is, what its file imports and which number is free", () => {
    const { message } = find(A, "data.people[].x") ?? {};
    expect(message).toMatchObject({
      place: { file: "shop.proto", line: 6 },
      nextNumber: 12,
      imports: ["auth0/proto/options/messages/v1/messages.proto", "google/protobuf/struct.proto"],
    });
    expect(find(A, "data.x")?.message.nextNumber).toBe(16);
    expect(find({ feed: "CUSTOM", type: "Placed" }, "x")?.message.nextNumber).toBe(2);
  });

  it("knows which fields say their key", () => {
    const fields = [
      find(A, "data.byName"),
      find({ feed: "AUTH0_LOGS", type: "" }, "is_mobile"),
      find(A, "data.people"),
    ];
    expect(fields.map((found) => found?.field?.hasJsonName)).toEqual([true, true, false]);
  });
});
