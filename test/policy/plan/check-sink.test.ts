import { describe, expect, it } from "vitest";
import { buildFiles, compile, diagnosticsOf } from "#support/descriptors";

const CLASSES = [
  "PUBLIC",
  "INTERNAL",
  "CONFIDENTIAL",
  "IDENTIFIER",
  "PII",
  "SENSITIVE_PII",
  "CUSTOMER_CONTENT",
  "SECRET",
];

/** One processor that keeps everything but SECRET, as far as `defaults` do not say otherwise, of schema `own.Event`. */
function processorOf(option: string, defaults: Readonly<Record<string, string>> = {}): string {
  const lines = CLASSES.map((name) => {
    const transforms = defaults[name] ?? (name === "SECRET" ? "{ drop: {} }" : "[]");
    return `    defaults: { classification: ${name}, transforms: ${transforms} }`;
  });
  return `syntax = "proto3";
package auth0.proto.processors.v1;
import "auth0/proto/options/processors/v1/processors.proto";
enum Processor {
  NONE = 0;
  A = 1 [(auth0.proto.options.processors.v1.processor) = {
    purpose: "test", owner: "tests", tier: SPACE, region: { same: {} }, mode: EVERY_EVENT, open_objects: DROP
    subscribe: { feed: AUTH0_EVENTS, types: "*" }
    ${option}
${lines.join("\n")}
  }];
}
`;
}

const field = (name: string, number: number, of: string) =>
  `  string ${name} = ${number} [(auth0.proto.options.fields.v1.classification) = { ${of} }, json_name = "${name}"];\n`;

const TYPE = field("type", 1, "classification: PUBLIC, kind: CODE");
const TIME = field("time", 2, "classification: INTERNAL, kind: TIMESTAMP");

function schemaOf(fields: string, output = ""): string {
  return `syntax = "proto3";
package own;
import "auth0/proto/options/fields/v1/fields.proto";
import "auth0/proto/options/messages/v1/messages.proto";
message Event {
  option (auth0.proto.options.messages.v1.match) = { feed: AUTH0_EVENTS, types: "user.created" };
${TYPE}${TIME}${fields}}
message Row {
${output}}
`;
}

const picked = (name: string, number: number, source: string) =>
  `  string f${number} = ${number} [json_name = "${name}", (auth0.proto.options.fields.v1.source) = "${source}"];\n`;

async function compileOf(processors: string, schemas: string) {
  return compile(await buildFiles({ "processors.proto": processors, "own.proto": schemas }));
}

function faultsOf(processors: string, schemas = schemaOf("")): Promise<string> {
  return diagnosticsOf(() => compileOf(processors, schemas));
}

describe("what leaves fits its sink", () => {
  it("by names that its reader tells apart", async () => {
    const row = ["dt", "HOUR", "_Type", "a-b", "A_b"].map((name, at) => picked(name, at + 1, "type")).join("");
    const found = await faultsOf(processorOf('sink: LAKE, format: PARQUET, output: "own.Row"'), schemaOf("", row));
    expect(found.match(/got .* beside .*/g)).toEqual([
      "got dt beside the partition by day",
      "got HOUR beside the partition by hour",
      "got _Type beside a column of the envelope",
      "got A_b beside the field a-b",
    ]);
  });

  it("by names that are short enough", async () => {
    const row = picked("n".repeat(256), 1, "type");
    const found = await faultsOf(processorOf('sink: LAKE, format: AVRO, output: "own.Row"'), schemaOf("", row));
    expect(found).toContain("expected for LAKE a name of at most 255 bytes, got one of 256");
  });

  it("by names that an index does not keep for itself", async () => {
    const id = schemaOf(field("_id", 3, "classification: PUBLIC"));
    expect(await faultsOf(processorOf("sink: LOG_INDEX"), id)).toContain("got _id beside a field of every document");
    expect(await faultsOf(processorOf("sink: LOG_INDEX", { PUBLIC: "{ drop: {} }" }), id)).toBe("no breach\n");
    expect(await faultsOf(processorOf("sink: STANDARD_QUEUE"), id)).toBe("no breach\n");
  });

  it("by as many attributes as a message may have", async () => {
    const names = ["DELIVERY_TIME", "ENTITY_KEY", "SPACE", "POP", "REGION", "CLOUD", "DEPLOYMENT_VERSION"];
    const asking = (count: number) =>
      processorOf(`sink: FIFO_QUEUE, metadata: ${JSON.stringify(names.slice(0, count))}`);
    expect(await faultsOf(asking(6))).toBe("no breach\n");
    expect(await faultsOf(asking(7))).toContain("expected at most 10 attributes with each message of A, got 11");
  });

  it.each([
    ["LAKE", "{ generalize_time: { unit: HOUR } }", "no breach"],
    ["LAKE", "{ generalize_time: { unit: DAY } }", "expected at least the hour of the event's time for A"],
    ["LAKE", "{ drop: {} }", "expected at least the hour of the event's time for A"],
    ["LOG_INDEX", "{ generalize_time: { unit: DAY } }", "no breach"],
    ["LOG_INDEX", "{ generalize_time: { unit: MONTH } }", "expected at least the day of the event's time for A"],
    ["LOG_INDEX", "{ pseudonymize: {} }", "expected at least the day of the event's time for A"],
    ["STANDARD_QUEUE", "{ drop: {} }", "no breach"],
  ])("%s by the time it is kept by, where it is treated by %s", async (sink, transforms, expected) => {
    const time = `sink: ${sink} defaults: { classification: INTERNAL, kind: TIMESTAMP, transforms: ${transforms} }`;
    expect(await faultsOf(processorOf(time))).toContain(expected);
  });

  it("by the time that its ceiling allows", async () => {
    const schema = schemaOf("").replace("INTERNAL, kind: TIMESTAMP", "PII, kind: TIMESTAMP");
    const ceiling = `enum Processor {
  option (auth0.proto.options.processors.v1.ceiling) = { tier: SPACE, classification: PII, reveals: PRESENCE };`;
    const lake = processorOf("sink: LAKE", { PII: "{ drop: {} }" }).replace("enum Processor {", ceiling);
    const found = await faultsOf(lake, schema);
    expect(found).toContain("expected A to learn at most PRESENCE of PII TIMESTAMP, got PRECISION at object_key");
  });
});

describe("the envelope", () => {
  const partsOf = async (option: string, defaults = {}, schemas = schemaOf("")) => {
    const { plans } = await compileOf(processorOf(option, defaults), schemas);
    return plans[0]?.delivery.envelope.map(({ name }) => name);
  };

  it("has what its sources let leave", async () => {
    const all = ["delivery_id", "type", "schema", "time", "policy_hash"];
    expect(await partsOf("sink: STANDARD_QUEUE")).toEqual(all);
    expect(await partsOf("sink: STANDARD_QUEUE", { PUBLIC: "{ drop: {} }" })).toEqual(
      all.filter((name) => name !== "type" && name !== "schema"),
    );
    expect(await partsOf("sink: STANDARD_QUEUE", { PUBLIC: "{ mask: { keep: 1 } }" })).toEqual(
      all.filter((name) => name !== "schema"),
    );
  });

  it("shows nothing that an output message leaves out", async () => {
    const row = picked("type", 1, "type");
    const parts = await partsOf('sink: STANDARD_QUEUE, output: "own.Row"', {}, schemaOf("", row));
    expect(parts).toEqual(["delivery_id", "type", "schema", "policy_hash"]);
  });

  it("has nothing of an event of one's own that its feed does not classify, and what it does", async () => {
    const custom = schemaOf("").replace(
      '{ feed: AUTH0_EVENTS, types: "user.created" }',
      '{ feed: CUSTOM, source: "shop", detail_type: "order" }',
    );
    const processors = (internal: string) =>
      processorOf("sink: STANDARD_QUEUE", { INTERNAL: internal }).replace("feed: AUTH0_EVENTS", "feed: CUSTOM");
    const of = async (internal: string) => (await compileOf(processors(internal), custom)).plans[0]?.delivery.envelope;
    expect((await of("[]"))?.map(({ name }) => name)).toEqual([
      ...["delivery_id", "type", "schema", "time", "source", "policy_hash"],
    ]);
    expect((await of("{ drop: {} }"))?.map(({ name }) => name)).toEqual(["delivery_id", "policy_hash"]);
  });
});
