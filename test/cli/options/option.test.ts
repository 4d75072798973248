import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { flag, oneOf, readNumber, requiredText, text, texts } from "#cli/options/kinds";
import { addOptions, type OptionTable, readOptions } from "#cli/options/option";

const TABLE = {
  out: requiredText("--out <dir>", "where to"),
  keyFile: text("--key-file <file>", "which keys"),
  processor: texts("--processor <name...>", "for whom"),
  json: flag("--json", "for programs"),
  feed: oneOf(["webhook", "logs"], { flags: "--feed <name>", help: "whose", standard: "webhook" }),
  count: { flags: "--count [n]", help: "how many", read: (given: unknown) => (given === true ? 1 : 0) },
};

function parse<Table extends OptionTable>(table: Table, ...argv: readonly string[]) {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addOptions(command, table);
  return readOptions(table, command.parse([...argv], { from: "user" }).opts());
}

describe("a table of options", () => {
  it("gives each option the value of its kind, and leaves out what may be left out", () => {
    expect(parse(TABLE, "--out", "o")).toEqual({ out: "o", feed: "webhook", count: 0 });
    expect(
      parse(TABLE, "--out", "o", "--key-file", "k", "--processor", "A", "B", "--json", "--feed", "logs", "--count"),
    ).toEqual({ out: "o", keyFile: "k", processor: ["A", "B"], json: true, feed: "logs", count: 1 });
  });

  it("has its required options", () => {
    expect(() => parse(TABLE)).toThrow("required option '--out <dir>' not specified");
  });

  it("refuses what is no value of an option", () => {
    expect(() => parse(TABLE, "--out", "o", "--feed", "bus")).toThrow('expected webhook, logs after --feed, got "bus"');
  });

  it("refuses an option that has another name in the table", () => {
    expect(() => parse({ other: flag("--json", "for programs") })).toThrow("expected the flags of other, got --json");
  });
});

describe("a number", () => {
  const range = { what: "a whole number", pattern: /^\d+$/, most: 9 };

  it("is read within its range", () => {
    expect(readNumber("--seed", "9", range)).toBe(9);
  });

  it.each(["10", "-1", "1.5", "", " 1", true, undefined])("is not %j", (given) => {
    expect(() => readNumber("--seed", given, range)).toThrow("expected a whole number after --seed, got");
  });
});
