import { describe, expect, it } from "vitest";
import { locateValues } from "#cli/explain/locate-values";
import { parseJson } from "#json";
import type { MatrixRow } from "#policy";

const row = (path: string): MatrixRow => ({
  schema: "s",
  path,
  classification: "PUBLIC",
  kind: "OTHER",
  channel: "payload",
  cells: {},
});
const ROWS = ["id", "user.email", "user.tags[]", "user.ids[].id", "user.labels{}", "user.meta"].map(row);

function locate(event: unknown) {
  const parsed = parseJson(JSON.stringify(event), { maxDepth: 64 });
  if (!("value" in parsed)) throw new Error("not JSON");
  return locateValues(parsed.value, ROWS).map(({ path, values, names, row: found }) => ({
    path,
    declared: found?.path,
    count: values.length,
    names,
  }));
}

describe("locateValues", () => {
  it.each([
    { title: "a member", event: { id: "1" }, want: ["id", "id", 1] },
    { title: "a nested member", event: { user: { email: "e" } }, want: ["user.email", "user.email", 1] },
    { title: "elements", event: { user: { tags: ["a", "b"] } }, want: ["user.tags[]", "user.tags[]", 2] },
    {
      title: "members of elements",
      event: { user: { ids: [{ id: 1 }, { id: 2 }] } },
      want: ["user.ids[].id", "user.ids[].id", 2],
    },
    {
      title: "entries of a map",
      event: { user: { labels: { a: 1, b: 2 } } },
      want: ["user.labels{}", "user.labels{}", 2],
    },
    {
      title: "an open object as a whole",
      event: { user: { meta: { a: { b: 1 } } } },
      want: ["user.meta", "user.meta", 1],
    },
    { title: "a scalar in place of an object", event: { user: "x" }, want: ["user", undefined, 1] },
    { title: "an object in place of a list", event: { user: { tags: { a: 1 } } }, want: ["user.tags", undefined, 1] },
  ])("finds $title", ({ event, want: [path, declared, count] }) => {
    expect(locate(event)).toEqual([{ path, declared, count, names: [] }]);
  });

  it("keeps names of undeclared members apart from the path", () => {
    expect(locate({ user: { "jane@example.com": 1, constructor: 2 } })).toEqual([
      { path: "user.(undeclared)", declared: undefined, count: 2, names: ["jane@example.com", "constructor"] },
    ]);
    expect(locate({ ["__proto__x"]: 1 })[0]?.path).toBe("(undeclared)");
  });
});
