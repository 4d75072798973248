import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "#plan";
import type { Policy } from "#policy";
import { buildFiles, compile } from "#support/descriptors";

const COMMON = `purpose: "test", owner: "tests", tier: SPACE, region: { same: {} }, mode: EVERY_EVENT
    defaults: { classification: PUBLIC, transforms: [] }`;
const PROCESSORS = `syntax = "proto3";
package auth0.proto.processors.v1;
import "auth0/proto/options/processors/v1/processors.proto";
enum Processor {
  NONE = 0;
  EVERYTHING = 1 [(auth0.proto.options.processors.v1.processor) = {
    sink: LAKE, subscribe: { feed: AUTH0_LOGS, types: ["*", "f"] } ${COMMON}
  }];
  LOGINS = 2 [(auth0.proto.options.processors.v1.processor) = {
    sink: LAKE, subscribe: { feed: AUTH0_LOGS, types: ["s", "f", "unheard_of"] } ${COMMON}
  }];
  FAMILY = 3 [(auth0.proto.options.processors.v1.processor) = {
    sink: FIFO_QUEUE, subscribe: { feed: AUTH0_EVENTS, types: "user.*" } subscribe: { feed: CUSTOM, schema: "shop.Order" } ${COMMON}
  }];
}
`;
const SCHEMAS = `syntax = "proto3";
package shop;
import "auth0/proto/options/fields/v1/fields.proto";
import "auth0/proto/options/files/v1/files.proto";
import "auth0/proto/options/messages/v1/messages.proto";

option (auth0.proto.options.files.v1.overlay) = {
  schema: "shop.Base" path: "type" types: ["f", "fp"] processor: { name: [EVERYTHING, LOGINS], transforms: { drop: {} } }
};

message Base {
  option (auth0.proto.options.messages.v1.match) = { feed: AUTH0_LOGS, base: true };
  string type = 1 [(auth0.proto.options.fields.v1.classification) = { classification: PUBLIC }];
}
message Success {
  option (auth0.proto.options.messages.v1.match) = { feed: AUTH0_LOGS, types: ["s", "ss"] };
  string type = 1 [(auth0.proto.options.fields.v1.classification) = { classification: PUBLIC }];
}
message User {
  option (auth0.proto.options.messages.v1.match) = { feed: AUTH0_EVENTS, types: ["user.created", "user.deleted"] };
  option (auth0.proto.options.messages.v1.entity) = { path: "who.id", birth: "who.at", created_by: "user.created", deleted_by: "user.deleted" };
  option (auth0.proto.options.messages.v1.version) = { path: ["at", "who.at"] };
  Who who = 1;
  string at = 2 [(auth0.proto.options.fields.v1.classification) = { classification: PUBLIC }];
  message Who {
    option (auth0.proto.options.messages.v1.default_classification) = { classification: PUBLIC, covers: ["id", "at"] };
    string id = 1;
    string at = 2;
  }
}
message Team {
  option (auth0.proto.options.messages.v1.match) = { feed: AUTH0_EVENTS, types: "team.created" };
}
message Order {
  option (auth0.proto.options.messages.v1.match) = { feed: CUSTOM, source: "shop", detail_type: "order" };
}
message Refund {
  option (auth0.proto.options.messages.v1.match) = { feed: CUSTOM, source: "shop", detail_type: "refund" };
}
`;

describe("routes", () => {
  let policy: Policy;
  beforeAll(async () => {
    policy = compile(await buildFiles({ "processors.proto": PROCESSORS, "shop.proto": SCHEMAS }));
  });

  const routesOf = (name: string, feed: string) => {
    const { routes } = policy.plans.find(({ processor }) => processor === name) as Plan;
    const ofFeed = routes.filter((route) => route.feed === feed);
    return ofFeed.map(({ schema, match, subscribed }) => [schema, match, subscribed]);
  };

  it("take a base schema for every type that no other schema names, and split it where an overlay names types", () => {
    expect(routesOf("EVERYTHING", "AUTH0_LOGS")).toEqual([
      ["shop.Base", { types: [], base: true }, true],
      ["shop.Base", { types: ["f", "fp"], base: false }, true],
      ["shop.Success", { types: ["s", "ss"], base: false }, true],
    ]);
  });

  it("take single types of a base schema, and know the others", () => {
    expect(routesOf("LOGINS", "AUTH0_LOGS")).toEqual([
      ["shop.Base", { types: ["unheard_of"], base: false }, true],
      ["shop.Base", { types: ["f"], base: false }, true],
      ["shop.Base", { types: ["fp"], base: true }, false],
      ["shop.Success", { types: ["s"], base: false }, true],
      ["shop.Success", { types: ["ss"], base: false }, false],
    ]);
  });

  it("take families of types, and custom schemas by name", () => {
    expect(routesOf("FAMILY", "AUTH0_EVENTS")).toEqual([
      ["shop.Team", { types: ["team.created"], base: false }, false],
      ["shop.User", { types: ["user.created", "user.deleted"], base: false }, true],
    ]);
    expect(routesOf("FAMILY", "CUSTOM")).toEqual([
      ["shop.Order", { types: ["order"], base: false, source: "shop", detailType: "order" }, true],
      ["shop.Refund", { types: ["refund"], base: false, source: "shop", detailType: "refund" }, false],
    ]);
  });

  it("carry entity, birth and version", () => {
    const routes = policy.plans[2]?.routes ?? [];
    expect(routes.find(({ schema }) => schema === "shop.User")).toMatchObject({
      entity: [["who", "id"]],
      birth: ["who", "at"],
      version: [["at"], ["who", "at"]],
      createdBy: ["user.created"],
      deletedBy: ["user.deleted"],
    });
  });

  it("make a queue group by the entity's key, or the event's where there is none", () => {
    const group = policy.plans[2]?.delivery.transport.find(({ name }) => name === "group_id");
    expect(group).toEqual({
      name: "group_id",
      channel: "group_id",
      class: "IDENTIFIER",
      kind: "EVENT_ID",
      reveals: ["PRESENCE", "EQUALITY"],
      dependsOn: [
        { event: "id" },
        { event: "tenant" },
        { event: "source" },
        { event: "subjects" },
        { schema: "shop.User", path: "who.id" },
        { fact: "keys" },
        { fact: "plan" },
      ],
      varies: ["bytes"],
      rule: "HMAC of the entity's id under the processor's transport key; of the event's id where it has no entity",
    });
  });
});
