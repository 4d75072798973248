import { describe, expect, it } from "vitest";
import { listTreePlaces, readTree } from "../../../lib/auth0/pack/tree.ts";
import { findTree, withTree } from "../../../lib/auth0/pack/tree-path.ts";

const tree = readTree({
  type: "object",
  properties: {
    id: { type: "string" },
    details: {
      type: "object",
      properties: { list: { type: "array", items: { properties: { name: { type: "string" } } } } },
    },
  },
});
const pathsOf = (changed: typeof tree): readonly string[] => listTreePlaces(changed).map(({ path }) => path);

describe("findTree", () => {
  it("finds fields of list items", () => expect(findTree(tree, "details.list[].name")?.kinds).toEqual(["string"]));
  it("finds nothing where nothing is declared", () => expect(findTree(tree, "details.other.name")).toBeUndefined());
});

describe("withTree", () => {
  it("adds a field and the objects around it", () => {
    expect(pathsOf(withTree(tree, "a.b", readTree({ type: "string" })))).toEqual(["id", "details.list[].name", "a.b"]);
  });

  it("takes a field away, and every object that has no other", () => {
    expect(pathsOf(withTree(tree, "details.list[].name", undefined))).toEqual(["id"]);
  });

  it("leaves its input as it was", () => {
    withTree(tree, "id", undefined);
    expect(pathsOf(tree)).toEqual(["id", "details.list[].name"]);
  });
});
