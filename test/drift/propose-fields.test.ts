import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DriftedField } from "#delivery";
import { type FieldProposal, listFindings, type NoProposal, proposeFields } from "#drift";
import type { JsonKind } from "#json";
import { type Declarations, readDeclarations, shippedPoliciesDir } from "#policy";
import { buildFiles, buildFolder, compile } from "#support/descriptors";
import { paste } from "./paste.ts";
import { driftedField, driftReport } from "./report.ts";

const PROCESSORS = `syntax = "proto3";
package auth0.proto.processors.v1;
enum Processor { NONE = 0; }
`;
const SCHEMAS = `syntax = "proto3";
package shop;
import "auth0/proto/options/fields/v1/fields.proto";
import "auth0/proto/options/messages/v1/messages.proto";

message Person {
  string user_id = 1;
  repeated string tags = 2;
  double age = 3 [(auth0.proto.options.fields.v1.also_accept) = STRING];
}
message Changed {
  option (auth0.proto.options.messages.v1.match) = { feed: AUTH0_EVENTS, types: ["user.created", "user.updated"] };
  Data data = 1;
  message Data {
    Person object = 1;
    Person previous_object = 2;
  }
}
`;

describe("proposeFields", () => {
  let declarations: Declarations;
  beforeAll(async () => {
    declarations = readDeclarations(await buildFiles({ "processors.proto": PROCESSORS, "shop.proto": SCHEMAS }));
  });

  function propose(...fields: readonly Partial<DriftedField>[]): readonly (FieldProposal | NoProposal)[] {
    return proposeFields(listFindings(driftReport({ fields: fields.map(driftedField) })).fields, declarations);
  }

  it("proposes a field for the message, whatever places and events have the message", () => {
    const path = (object: string) => `data.${object}.contact_email`;
    const found = propose(
      { event: "user.updated", path: path("object") },
      { event: "user.created", path: path("previous_object"), firstSeen: "2026-03-13" },
    );
    expect(found).toEqual([
      {
        file: "shop.proto",
        line: 6,
        message: "shop.Person",
        paths: [path("object"), path("previous_object")],
        events: ["user.updated", "user.created"],
        types: ["string"],
        text: [
          "  // Seen in user.updated, user.created since 2026-03-13.",
          "  string contact_email = 4 [(auth0.proto.options.fields.v1.classification) = { classification: PII, kind: EMAIL, about: TARGET }];",
        ].join("\n"),
        proposed: { class: "PII", kind: "EMAIL", about: "TARGET" },
        why: "What its name and JSON type suggest",
        imports: [],
      },
    ]);
  });

  it.each<[types: readonly JsonKind[], declaration: string, options: string]>([
    [["string"], "string x", ""],
    [["number"], "double x", ""],
    [["boolean"], "bool x", ""],
    [["boolean", "string"], "string x", "BOOLEAN"],
    [["null", "number"], "double x", ""],
    [["object"], "google.protobuf.Struct x", ""],
    [["array", "null"], "google.protobuf.ListValue x", ""],
    [["object", "array"], "google.protobuf.Value x", ""],
    [["string", "object"], "google.protobuf.Value x", ""],
  ])("declares %j as %s", (types, declaration, alsoAccept) => {
    const [found] = propose(...types.map((type) => ({ type, path: "data.object.x" })));
    const text = found !== undefined && "text" in found ? found.text : "";
    expect(text).toContain(`\n  ${declaration} = 4 [`);
    expect(/also_accept\) = (\w+)/.exec(text)?.[1] ?? "").toBe(alsoAccept);
  });

  it("names what the file has to import", () => {
    const [found] = propose({ type: "object", path: "data.object.x" });
    expect(found).toMatchObject({ imports: ["google/protobuf/struct.proto"] });
  });

  it("numbers the new fields of a message one after the other", () => {
    const found = propose({ path: "data.object.a" }, { path: "data.object.b" }, { path: "data.c" });
    expect(found.map((each) => "text" in each && /(\w+) = (\d+)/.exec(each.text)?.slice(1))).toEqual([
      ["a", "4"],
      ["b", "5"],
      ["c", "3"],
    ]);
  });

  it("breaks a line that is too long, and tells what another field has to say first", () => {
    const [found] = propose({ path: "data.object.userId" });
    expect(found).toMatchObject({
      first: { field: "user_id", text: 'json_name = "user_id"' },
      text: [
        "  // Seen in user.updated since 2026-03-14.",
        "  string userId_as_sent = 4 [",
        '    json_name = "userId",',
        "    (auth0.proto.options.fields.v1.classification) = { classification: IDENTIFIER, kind: SUBJECT_ID, about: TARGET }",
        "  ];",
      ].join("\n"),
    });
  });

  it("lets a declared field have one more simple type", () => {
    const [found, item] = propose(
      { path: "data.object.user_id", reason: "wrong_type", type: "number" },
      { path: "data.object.tags[]", reason: "wrong_type", type: "boolean" },
    );
    expect(found).toEqual({
      file: "shop.proto",
      line: 6,
      message: "shop.Person",
      field: "user_id",
      paths: ["data.object.user_id"],
      events: ["user.updated"],
      types: ["number"],
      text: "  (auth0.proto.options.fields.v1.also_accept) = NUMBER",
      why: "Seen in user.updated since 2026-03-14; shield check names the cells that it does not fit",
      imports: [],
    });
    expect(item).toMatchObject({ field: "tags", text: "  (auth0.proto.options.fields.v1.also_accept) = BOOLEAN" });
  });

  const NO_TYPE =
    "no further type can stand beside the declared one; google.protobuf.Value takes any, as an open value";
  it.each<[what: string, field: Partial<DriftedField>, instead: string]>([
    ["a hidden name", { path: "data.?0123abcd" }, "the name is hidden (--reveal EVENTS shows it where the events are)"],
    [
      "the names that found no room",
      { path: "data.…other" },
      "the name is hidden (--reveal EVENTS shows it where the events are)",
    ],
    ["an event that no schema takes", { event: "user.deleted" }, "this policy does not declare what is around it"],
    ["a field that is declared by now", { path: "data.object.user_id" }, "this policy declares it already"],
    ["nothing but null", { path: "data.object.x", type: "null" }, "only null was seen, which says nothing of the type"],
    ["an object for a string", { path: "data.object.user_id", reason: "wrong_type", type: "object" }, NO_TYPE],
    ["a string for an object", { path: "data.object", reason: "wrong_type" }, NO_TYPE],
    ["a string for a list of them", { path: "data.object.tags", reason: "wrong_type" }, NO_TYPE],
    [
      "a type that is accepted by now",
      { path: "data.object.age", reason: "wrong_type" },
      "this policy accepts it already",
    ],
    ["a field that is gone", { path: "data.gone", reason: "wrong_type" }, "this policy does not declare it any more"],
  ])("proposes nothing for %s, and says why", (_, field, instead) => {
    const { path, type } = driftedField(field);
    expect(propose(field)).toEqual([{ path, types: [type], instead }]);
  });

  it("proposes nothing for data in the place of a name, once it is revealed", () => {
    const names = { fieldAt: () => "ann@example.com", typeOf: () => undefined };
    const { fields } = listFindings(driftReport({ fields: [driftedField({ path: "data.?0123abcd" })] }), names);
    expect(proposeFields(fields, declarations)).toEqual([
      {
        path: "data.ann@example.com",
        types: ["string"],
        instead: "the name is data, not that of a field; what is around it may be a map or a google.protobuf.Struct",
      },
    ]);
  });
});

describe("what is proposed for the shipped policy", () => {
  const folder = mkdtempSync(join(tmpdir(), "shield-proposals-"));
  beforeAll(() => cpSync(shippedPoliciesDir(), folder, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const WORDS = [
    "password", "email", "phone", "client_ip", "user_agent", "first_name", "birthdate", "country", "user_id", "session",
    "device", "group_id", "uri", "sent_at", "display_name", "status", "attempts", "note",
  ]; // biome-ignore format: one table
  const TYPES: readonly (readonly JsonKind[])[] = [
    ["string"], ["number"], ["boolean"], ["object"], ["array"], ["string", "number", "boolean"], ["object", "string"],
  ]; // biome-ignore format: one table
  const PLACES = [
    { feed: "AUTH0_EVENTS", event: "user.updated", at: "data.object" },
    { feed: "AUTH0_EVENTS", event: "organization.created", at: "data.object" },
    { feed: "AUTH0_LOGS", event: "s", at: "details" },
    { feed: "AUTH0_LOGS", event: "sapi", at: "details.request.auth" },
    { feed: "AUTH0_LOGS", event: "fp", at: "references" },
  ] as const;

  it("compiles once it is pasted, whatever name and JSON types a field has", async () => {
    const fields = PLACES.flatMap(({ at, ...place }) =>
      TYPES.flatMap((types, row) =>
        WORDS.flatMap((word) => types.map((type) => driftedField({ ...place, type, path: `${at}.new${row}_${word}` }))),
      ),
    );
    const accepted = driftedField({ path: "data.object.phone_verified", reason: "wrong_type", type: "string" });
    const clashing = driftedField({ path: "data.object.lastLogin" });
    const findings = listFindings(driftReport({ fields: [...fields, accepted, clashing] })).fields;
    const found = proposeFields(findings, readDeclarations(await buildFolder(folder)));
    expect(found.filter((each) => "instead" in each)).toEqual([]);
    paste(folder, found as readonly FieldProposal[]);
    const { matrix } = compile(await buildFolder(folder));
    const paths = new Set(
      matrix.filter(({ schema }) => schema === "auth0.events.v1.UserUpdated").map(({ path }) => path),
    );
    expect([...paths].filter((path) => /^data\.object\.new\d_/.test(path))).toHaveLength(WORDS.length * TYPES.length);
    expect(paths).toContain("data.object.lastLogin");
  });
});
