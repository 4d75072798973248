import { describe, expect, it } from "vitest";
import { renderTable } from "#cli/terminal/table";

describe("renderTable", () => {
  it("makes columns as wide as their widest cell and aligns numbers to the right", () => {
    const columns = [{ title: "processor" }, { title: "n", align: "right" as const }, { title: "why" }];
    const rows = [
      ["A", "1", "test"],
      ["LONG_PROCESSOR", "12345", ""],
    ];
    expect(renderTable(columns, rows)).toBe(
      ["processor           n  why", "A                   1  test", "LONG_PROCESSOR  12345", ""].join("\n"),
    );
  });

  it("renders headings alone where there are no rows", () => {
    expect(renderTable([{ title: "a" }, { title: "b" }], [])).toBe("a  b\n");
  });
});
