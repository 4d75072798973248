import { beforeAll, describe, expect, it } from "vitest";
import type { Policy } from "#policy";
import { buildFiles, compile } from "#support/descriptors";
import { renderMatrix } from "../../lib/docs/render-matrix.ts";

const PROCESSORS = `syntax = "proto3";
package auth0.proto.processors.v1;
import "auth0/proto/options/processors/v1/processors.proto";
enum Processor {
  NONE = 0;
  A = 1 [(auth0.proto.options.processors.v1.processor) = {
    purpose: "test", owner: "tests", sink: STANDARD_QUEUE, tier: SPACE, region: { same: {} }, mode: EVERY_EVENT
    retention: { days: 30 }
    subscribe: { feed: CUSTOM, types: "*" }
    defaults: { classification: PUBLIC, transforms: [] }
    defaults: { classification: PII, kind: EMAIL, transforms: { mask_email: {} } }
  }];
}
`;
const SCHEMAS = `syntax = "proto3";
package shop;
import "auth0/proto/options/fields/v1/fields.proto";
import "auth0/proto/options/messages/v1/messages.proto";
message Order {
  option (auth0.proto.options.messages.v1.match) = { feed: CUSTOM, source: "shop", detail_type: "order" };
  string mail = 1 [(auth0.proto.options.fields.v1.classification) = { classification: PII, kind: EMAIL }];
  string name = 2 [
    (auth0.proto.options.fields.v1.classification) = { classification: PII },
    (auth0.proto.options.fields.v1.transform) = { processor: { name: A, transforms: { constant: { text: "a|b" } } } }
  ];
  string id = 3 [(auth0.proto.options.fields.v1.classification) = { classification: PUBLIC }];
}
`;

describe("renderMatrix", () => {
  let policy: Policy;
  beforeAll(async () => {
    policy = compile(await buildFiles({ "processors.proto": PROCESSORS, "shop.proto": SCHEMAS }));
  });

  it("shows defaults by class and kind, then what is decided otherwise", () => {
    expect(renderMatrix(policy)).toBe(`## Processors

| processor | sink | mode | tier | region | retention |
| --- | --- | --- | --- | --- | --- |
| \`A\` | STANDARD_QUEUE | EVERY_EVENT | SPACE | eu-west-1 | 30 days |

## By class and kind

| class | kind | fields | A |
| --- | --- | --- | --- |
| PUBLIC | OTHER | 1 | \`keep\` |
| PII | EMAIL | 1 | \`mask_email\` |
| PII | OTHER | 1 | - |

## Decided one by one

| schema | path | is | processors | decision | why |
| --- | --- | --- | --- | --- | --- |
| \`shop.Order\` | \`name\` | PII OTHER | A | \`constant(text: "a\\|b")\` | the field's own transform |

## Beside the fields

| value | is | processors | what is done | how |
| --- | --- | --- | --- | --- |
| \`attribute.delivery_id\` | IDENTIFIER EVENT_ID | A | \`pseudonymize\` | envelope.delivery_id, beside the body |
| \`attribute.policy_hash\` | INTERNAL CODE | A | \`keep\` | envelope.policy_hash, beside the body |
| \`delivery_id\` | IDENTIFIER EVENT_ID | A | \`pseudonymize\` | HMAC of the event's id under the processor's transport key |
| \`envelope.delivery_id\` | IDENTIFIER EVENT_ID | A | \`pseudonymize\` | HMAC of the event's id under the processor's transport key |
| \`envelope.policy_hash\` | INTERNAL CODE | A | \`keep\` | hash of the plan that decided the event |
| \`request.message\` | INTERNAL CODE | A | \`keep\` | place of the message in its request |
| \`request.queue\` | INTERNAL CODE | A | \`keep\` | URL of the queue |`);
  });
});
