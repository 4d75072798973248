import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PolicyError } from "#errors";
import { loadManifests, type SpaceFacts, spaceFacts } from "#manifest";
import { CLASSES, KINDS, type Kind } from "#plan";
import { type CellInfo, type MatrixRow, shippedPoliciesDir, TRANSPORT } from "#policy";
import { buildFiles, buildShipped, compile } from "#support/descriptors";

const SPACE = await exampleSpace();
const DESCRIPTORS = await buildShipped();
const POLICY = compile(DESCRIPTORS, SPACE);
const FIELDS = POLICY.matrix.filter(({ schema }) => schema !== TRANSPORT);
const CONSUMERS = POLICY.processors.filter((name) => name !== "ARCHIVE");

describe("the shipped policy", () => {
  it.each(officialTypes())("has one schema for %s", (type) => {
    const routes = POLICY.plans[0]?.routes.filter(
      ({ feed, match }) => feed === "AUTH0_EVENTS" && match.types.includes(type),
    );
    expect(routes).toHaveLength(1);
  });

  it.each(CONSUMERS)("gives %s no free text, open object, credential or event id", (name) => {
    expect(shownTo(name, ({ kind }) => ["FREE_TEXT", "OPEN_OBJECT", "CREDENTIAL", "EVENT_ID"].includes(kind))).toEqual(
      [],
    );
  });

  it.each(CONSUMERS)("gives %s nothing of a previous object", (name) => {
    expect(shownTo(name, ({ path }) => path.split(".").includes("previous_object"))).toEqual([]);
  });

  it("gives the archive everything but secrets, as it is", () => {
    const treated = FIELDS.filter((row) => cellOf(row, "ARCHIVE").transforms.length > 0);
    expect(new Set(treated.map(({ classification }) => classification))).toEqual(new Set(["SECRET"]));
  });

  it.each([
    ["USER_SEARCH", ["IDENTIFIER", "CONFIDENTIAL", "INTERNAL", "CUSTOMER_CONTENT"]],
    ["EU_DATA_LAKE", ["PII", "SENSITIVE_PII", "CONFIDENTIAL", "CUSTOMER_CONTENT"]],
    ["WAREHOUSE", ["SENSITIVE_PII", "CONFIDENTIAL", "CUSTOMER_CONTENT"]],
  ])("drops for %s all that is %s", (name, classes) => {
    expect(shownTo(name, ({ classification }) => classes.includes(classification))).toEqual([]);
  });

  it.each([
    ["OPENSEARCH", ["EMAIL", "PHONE", "PERSON_NAME", "IP", "SUBJECT_ID", "SESSION_ID", "FINGERPRINT"]],
    ["USER_SEARCH", ["EMAIL", "PHONE", "IP", "SUBJECT_ID"]],
    ["EU_DATA_LAKE", ["SUBJECT_ID", "SESSION_ID", "OBJECT_ID", "TIMESTAMP"]],
    [
      "WAREHOUSE",
      [
        "SUBJECT_ID",
        "SESSION_ID",
        "OBJECT_ID",
        "TIMESTAMP",
        "EMAIL",
        "PHONE",
        "PERSON_NAME",
        "IP",
        "GEO",
        "USER_AGENT",
      ],
    ],
  ])("shows %s no %s in full", (name, kinds) => {
    const rows = FIELDS.filter(({ kind }) => kinds.includes(kind));
    expect(rows.filter((row) => cellOf(row, name).reveals.includes("ALL")).map(nameOf)).toEqual([]);
  });

  it.each([
    ["auth0.logs.v1.LogEvent", "user_id", "OPENSEARCH", ["normalize", "pseudonymize"]],
    ["auth0.logs.v1.LogEvent", "user_name", "OPENSEARCH", ["mask_email"]],
    ["auth0.logs.v1.LogEvent", "ip", "OPENSEARCH", ["truncate_ip"]],
    ["auth0.logs.v1.LogEvent", "ip", "FRAUD_DETECTION", []],
    ["auth0.logs.v1.LogEvent", "$event_schema.version", "WAREHOUSE", []],
    ["auth0.logs.v1.LogEvent", "date", "WAREHOUSE", ["generalize_time"]],
    ["auth0.events.v1.UserCreated", "data.object.email", "USER_SEARCH", ["mask_email"]],
    ["auth0.events.v1.UserCreated", "data.object.email", "FRAUD_DETECTION", []],
    ["auth0.events.v1.UserCreated", "data.object.name", "USER_SEARCH", ["scrub_text"]],
    ["auth0.events.v1.UserCreated", "data.object.picture", "FRAUD_DETECTION", ["drop"]],
    ["auth0.events.v1.UserCreated", "data.object.phone_number", "FRAUD_DETECTION", ["pseudonymize"]],
    ["auth0.events.v1.UserCreated", "data.object.logins_count", "WAREHOUSE", ["bucket"]],
    ["auth0.events.v1.ConnectionCreated", "data.object.name", "EU_DATA_LAKE", []],
    ["auth0.events.v1.ConnectionCreated", "data.object.id", "EU_DATA_LAKE", ["pseudonymize"]],
    ["auth0.events.v1.OrganizationCreated", "data.object.name", "EU_DATA_LAKE", ["drop"]],
    ["examples.company.Company", "ein", "OPENSEARCH", ["mask"]],
    ["examples.company.Company", "ein", "FRAUD_DETECTION", []],
    ["examples.company.Company", "ein", "EU_DATA_LAKE", ["drop"]],
    ["examples.company.Company", "name", "EU_DATA_LAKE", []],
  ])("decides %s %s for %s: %j", (schema, path, name, ops) => {
    const row = FIELDS.find((each) => each.schema === schema && each.path === path);
    expect(row && cellOf(row, name).transforms.map(({ op }) => op)).toEqual(ops);
  });
});

describe("the shipped processors", () => {
  it("have a decision for every class and kind", async () => {
    const matrix = await matrixOfEverything();
    const wanted = CLASSES.flatMap((each) => Object.keys(KINDS).map((kind) => `${each} ${kind}`));
    const decided = matrix
      .filter(({ path }) => path.startsWith("f_"))
      .map((row) => `${row.classification} ${row.kind}`);
    expect(decided.sort()).toEqual(wanted.sort());
    const consumers = matrix.flatMap(({ cells }) =>
      CONSUMERS.filter((name) => cells[name]?.origin.rule === "not_subscribed"),
    );
    expect(consumers).toEqual([]);
  });

  it("serve a Space on another continent: the fixed lake and the centre stay where they are", () => {
    const policy = compile(DESCRIPTORS, placed("us-east-1", "us-east-2"));
    expect(policy.plans.map(({ processor, delivery }) => `${processor} ${delivery.region}`)).toEqual([
      "ARCHIVE us-east-1",
      "OPENSEARCH us-east-2",
      "USER_SEARCH us-east-1",
      "FRAUD_DETECTION us-east-1",
      "EU_DATA_LAKE eu-central-1",
      "WAREHOUSE us-east-1",
    ]);
  });

  it("refuse a Pop outside the jurisdiction of its Space", () => {
    expect(codesOf(placed("us-east-1", "eu-west-1"))).toEqual(new Set(["POLICY_CEILING"]));
  });
});

/** Types of Auth0's event catalogue and of its SDK that this version describes. */
function officialTypes(): readonly string[] {
  const families: Readonly<Record<string, readonly string[]>> = {
    user: ["created", "updated", "deleted"],
    organization: ["created", "updated", "deleted"],
    "organization.member": ["added", "deleted"],
    "organization.member.role": ["assigned", "deleted"],
    "organization.connection": ["added", "updated", "removed"],
    "organization.group.role": ["assigned", "deleted"],
    connection: ["created", "updated", "deleted"],
  };
  return Object.entries(families).flatMap(([family, verbs]) => verbs.map((verb) => `${family}.${verb}`));
}

function cellOf({ cells }: MatrixRow, processor: string): CellInfo {
  const cell = cells[processor];
  if (cell === undefined) throw new Error(`expected a cell for ${processor}, got none`);
  return cell;
}

/** The fields of some rows that are not dropped for a processor. */
function shownTo(processor: string, isMeant: (row: MatrixRow) => boolean): readonly string[] {
  const isDropped = ({ transforms }: CellInfo) => transforms.some(({ op }) => op === "drop");
  return FIELDS.filter((row) => isMeant(row) && !isDropped(cellOf(row, processor))).map(nameOf);
}

function nameOf({ schema, path }: MatrixRow): string {
  return `${schema} ${path}`;
}

async function exampleSpace(): Promise<SpaceFacts> {
  const space = spaceFacts(await loadManifests(shippedPoliciesDir()));
  if (space === undefined) throw new Error("expected a shipped Space, got none");
  return space;
}

function placed(region: string, popRegion: string): SpaceFacts {
  return { ...SPACE, region, pop: { name: "pop", region: popRegion } };
}

function codesOf(space: SpaceFacts): ReadonlySet<string> {
  try {
    compile(DESCRIPTORS, space);
  } catch (error) {
    if (error instanceof PolicyError) return new Set(error.diagnostics.map(({ code }) => code));
    throw error;
  }
  return new Set();
}

/** Compiles the shipped processors for nothing but a schema that has a field of each class and kind. */
async function matrixOfEverything(): Promise<readonly MatrixRow[]> {
  const shipped = readFileSync(join(shippedPoliciesDir(), "processors.proto"), "utf8");
  const processors = shipped
    .replaceAll(/^ +(?:subscribe|output): .*$/gm, "")
    .replaceAll(
      "open_objects: DROP",
      'open_objects: DROP subscribe: { feed: CUSTOM, schema: "everything.Everything" }',
    );
  const descriptors = await buildFiles({ "processors.proto": processors, "everything.proto": everything() });
  return compile(descriptors, SPACE).matrix.filter(({ schema }) => schema === "everything.Everything");
}

/** JSON types of kinds that are not texts. */
const TYPES: Partial<Record<Kind, string>> = { COUNT: "double", FLAG: "bool", OPEN_OBJECT: "google.protobuf.Struct" };

function everything(): string {
  const kinds = Object.keys(KINDS) as Kind[];
  const fields = CLASSES.flatMap((each) => kinds.map((kind) => [each, kind] as const)).map(
    ([each, kind], index) =>
      `  ${TYPES[kind] ?? "string"} f_${index} = ${index + 10} [(auth0.proto.options.fields.v1.classification) = { classification: ${each}, kind: ${kind}${kind === "SUBJECT_ID" ? ", not_a_person: true" : ""} }];`,
  );
  return `syntax = "proto3";
package everything;
import "auth0/proto/options/fields/v1/fields.proto";
import "auth0/proto/options/messages/v1/messages.proto";
import "google/protobuf/struct.proto";
message Everything {
  option (auth0.proto.options.messages.v1.match) = { feed: CUSTOM, source: "test", detail_type: "everything" };
  option (auth0.proto.options.messages.v1.entity) = { path: "id", never_returns: true };
  option (auth0.proto.options.messages.v1.version) = { path: "at" };
  string id = 1 [(auth0.proto.options.fields.v1.classification) = { classification: IDENTIFIER, kind: OBJECT_ID }];
  string at = 2 [(auth0.proto.options.fields.v1.classification) = { classification: INTERNAL, kind: TIMESTAMP }];
${fields.join("\n")}
}
`;
}
