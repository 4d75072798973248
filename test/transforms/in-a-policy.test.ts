import { beforeAll, describe, expect, it } from "vitest";
import type { Policy } from "#policy";
import { buildFiles, compile } from "#support/descriptors";
import { deliver, textOf } from "#support/enforce";
import { eventOf } from "#support/events";

const PROCESSORS = `syntax = "proto3";
package auth0.proto.processors.v1;
import "auth0/proto/options/processors/v1/processors.proto";
enum Processor {
  NONE = 0;
  A = 1 [(auth0.proto.options.processors.v1.processor) = {
    purpose: "test", owner: "tests", sink: LAKE, tier: SPACE, region: { same: {} }, mode: EVERY_EVENT
    subscribe: { feed: KRATOS, types: "note.written" }
    defaults: {
      classification: CUSTOMER_CONTENT
      kind: OPEN_OBJECT
      transforms: { keep_keys: { keys: [
        { name: "plan" },
        { name: "contact", transforms: { keep_keys: { keys: { name: "mail", transforms: { mask_email: { keep: 2 } } } } } }
      ] } }
    }
    defaults: { classification: PII, transforms: { scrub_text: {} } }
  }];
}
`;
const SCHEMAS = `syntax = "proto3";
package notes;
import "auth0/proto/options/fields/v1/fields.proto";
import "auth0/proto/options/messages/v1/messages.proto";
import "google/protobuf/struct.proto";

message Note {
  option (auth0.proto.options.messages.v1.match) = { feed: KRATOS, types: "note.written" };
  string text = 1 [(auth0.proto.options.fields.v1.classification) = { classification: PII, kind: FREE_TEXT, about: TARGET }];
  google.protobuf.Struct metadata = 2 [(auth0.proto.options.fields.v1.classification) = { classification: CUSTOMER_CONTENT, kind: OPEN_OBJECT }];
}
`;

describe("a policy with scrub_text and keep_keys", () => {
  let policy: Policy;
  beforeAll(async () => {
    policy = compile(await buildFiles({ "processors.proto": PROCESSORS, "notes.proto": SCHEMAS }));
  });

  it("treats an event as it says", () => {
    const body = {
      text: "Call alice@example.com",
      metadata: { plan: "gold", contact: { mail: "alice@example.com", phone: "+12025550143" }, notes: "secret" },
    };
    const [plan] = policy.plans;
    if (plan === undefined) throw new Error("expected a plan, got none");
    const left = textOf(deliver(plan, eventOf(body, { feed: "KRATOS", type: "note.written" })));
    const { _shield: envelope, ...payload } = JSON.parse(left);
    expect(envelope).toMatchObject({ v: 1 });
    expect(payload).toEqual({
      text: "Call [EMAIL]",
      metadata: { plan: "gold", contact: { mail: "al***@example.com" } },
    });
  });

  it("tells in the matrix what is kept", () => {
    const cells = policy.matrix
      .filter(({ schema }) => schema === "notes.Note")
      .map(({ path, cells }) => [path, cells["A"]?.reveals]);
    expect(cells).toEqual([
      ["metadata", ["ALL"]],
      ["text", ["ALL"]],
    ]);
  });
});
