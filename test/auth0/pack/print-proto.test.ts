import { describe, expect, it } from "vitest";
import { isGenerated, printProtoFile } from "../../../lib/auth0/pack/print-proto.ts";
import type { ProtoFile } from "../../../lib/auth0/pack/proto-file.ts";
import type { FieldRule } from "../../../lib/auth0/pack/rules.ts";

const ip: FieldRule = { paths: [], class: "PII", kind: "IP", about: "TARGET", why: "" };
const id: FieldRule = { paths: [], class: "IDENTIFIER", kind: "OBJECT_ID", why: "" };

const FILE: ProtoFile = {
  name: "login.proto",
  summary: "Logins.",
  messages: [
    {
      name: "Login",
      comment: "Someone logged in.",
      types: { s: "success", f: "failure" },
      subjects: [{ role: "TARGET", path: "user_id" }],
      nested: [
        {
          name: "Details",
          nested: [],
          fields: [
            { key: "zone", type: "google.protobuf.Struct", rule: id, alsoAccepts: [] },
            { key: "user-agent", type: "string", rule: ip, alsoAccepts: ["NUMBER"], comment: "Of the browser." },
          ],
          waiting: ["Waits for a review (f): new."],
        },
      ],
      fields: [
        { key: "isMobile", type: "string", rule: id, alsoAccepts: [] },
        { key: "is_mobile", type: "string", rule: id, alsoAccepts: [] },
        { key: "details", type: "Details", alsoAccepts: [] },
        { key: "ip", type: "string", rule: ip, comment: "Said in the base schema.", alsoAccepts: [] },
      ],
      waiting: [],
    },
  ],
};

const IDS = new Map([["LogEvent", new Map([["ip", { name: "ip", number: 12 }]])]]);

describe("printProtoFile", () => {
  const text = printProtoFile(FILE, { ids: IDS, envelope: "LogEvent", fileOf: new Map() });

  it("writes a file as a person would", () => {
    expect(text).toBe(`syntax = "proto3";

// Logins.
//
// Generated from Auth0's log schemas by \`shield auth0 update --write\`; lib/auth0/pack says how to change it.
package auth0.logs.v1;

import "auth0/proto/options/fields/v1/fields.proto";
import "auth0/proto/options/messages/v1/messages.proto";
import "google/protobuf/struct.proto";

// Someone logged in.
message Login {
  option (auth0.proto.options.messages.v1.match) = {
    feed: AUTH0_LOGS
    types: [
      "s", // success
      "f" // failure
    ]
  };
  option (auth0.proto.options.messages.v1.subjects) = { role: TARGET, path: "user_id" };

  message Details {
    // Of the browser.
    string user_agent = 1 [
      (auth0.proto.options.fields.v1.classification) = { classification: PII, kind: IP, about: TARGET },
      (auth0.proto.options.fields.v1.also_accept) = NUMBER,
      json_name = "user-agent"
    ];
    google.protobuf.Struct zone = 2 [(auth0.proto.options.fields.v1.classification) = { classification: IDENTIFIER, kind: OBJECT_ID }];

    // Waits for a review (f): new.
  }

  string ip = 12 [(auth0.proto.options.fields.v1.classification) = { classification: PII, kind: IP, about: TARGET }];
  Details details = 50;
  string ismobile_in_camel_case = 51 [
    (auth0.proto.options.fields.v1.classification) = { classification: IDENTIFIER, kind: OBJECT_ID },
    json_name = "isMobile"
  ];
  string is_mobile = 52 [(auth0.proto.options.fields.v1.classification) = { classification: IDENTIFIER, kind: OBJECT_ID }, json_name = "is_mobile"];
}
`);
  });

  it("marks it as generated", () => {
    expect(isGenerated(text)).toBe(true);
    expect(isGenerated('syntax = "proto3";')).toBe(false);
  });

  it("keeps names and numbers that fields have already, and appends new ones", () => {
    const ids = new Map([
      ["Login.Details", new Map([["zone", { name: "area", number: 7 }]])],
      ["Login", new Map([["details", { name: "details", number: 12 }]])],
    ]);
    const again = printProtoFile(FILE, { ids: new Map([...IDS, ...ids]), envelope: "LogEvent", fileOf: new Map() });
    expect(again).toContain("google.protobuf.Struct area = 7 [");
    expect(again).toContain("string user_agent = 8 [");
    expect(again).toContain("Details details = 12;");
    expect(again).toContain("string ip = 50 [");
  });
});
