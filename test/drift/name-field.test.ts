import { describe, expect, it } from "vitest";
import { type Named, nameField } from "../../lib/drift/name-field.ts";

const field = (name: string, key?: string): Named => ({ name, wireName: key ?? name, hasJsonName: key !== undefined });

describe("nameField", () => {
  it.each<[claim: string, key: string, others: readonly Named[], named: Named]>([
    ["takes the key for the name", "new_field", [field("old")], field("new_field")],
    ["takes a key in camel case as it is", "newField", [], field("newField")],
    [
      "writes the key where protobuf could not take it for a name",
      "x-request-id",
      [],
      field("x_request_id", "x-request-id"),
    ],
    ["begins with a letter", "_id", [], field("field_id", "_id")],
    [
      "stands beside a key that is written like it",
      "new_field",
      [field("other", "newField")],
      field("new_field", "new_field"),
    ],
    [
      "stands beside a name that is written like it",
      "userId",
      [field("user_id", "user_id")],
      field("userId_as_sent", "userId"),
    ],
    [
      "stands beside a name that it is in camel case",
      "user_id",
      [field("userId")],
      field("user_id_as_sent", "user_id"),
    ],
  ])("%s", (_, key, others, named) => {
    expect(nameField(key, others)).toEqual(named);
  });

  it("names the field that protobuf would take for the new one", () => {
    const others = [field("user_id")];
    expect(nameField("userId", others)).toEqual({ ...field("userId_as_sent", "userId"), clash: others[0] });
  });
});
