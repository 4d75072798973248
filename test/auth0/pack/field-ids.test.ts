import { describe, expect, it } from "vitest";
import { readFieldIds } from "../../../lib/auth0/pack/field-ids.ts";

const FILE = `syntax = "proto3";

// A login.
message Login {
  option (match) = {
    feed: AUTH0_LOGS
    types: [
      "s", // success; really
      "f" // failure
    ]
  };

  message Details {
    // Comments with = 7; do not count.
    repeated Prompt prompts = 1;
    map<string, string> headers = 2 [(classification) = { classification: PII }];
  }

  string id = 3 [json_name = "_id"];
  string user_agent = 4 [
    (classification) = { classification: PII, kind: USER_AGENT },
    json_name = "user-agent"
  ];
  Details details = 50;
}
`;

describe("readFieldIds", () => {
  const ids = readFieldIds([FILE]);

  it.each([
    ["Login.Details", "prompts", { name: "prompts", number: 1 }],
    ["Login.Details", "headers", { name: "headers", number: 2 }],
    ["Login", "_id", { name: "id", number: 3 }],
    ["Login", "user-agent", { name: "user_agent", number: 4 }],
    ["Login", "details", { name: "details", number: 50 }],
  ])("%s %s", (message, key, expected) => {
    expect(ids.get(message)?.get(key)).toEqual(expected);
  });

  it("reads nothing else", () => {
    expect([...ids].map(([message, fields]) => [message, fields.size])).toEqual([
      ["Login.Details", 2],
      ["Login", 3],
    ]);
  });
});
