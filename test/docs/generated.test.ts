import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "#errors";
import { TRANSFORMS } from "#transforms";
import { GENERATED_FILES } from "../../lib/docs/generated.ts";
import { code, table } from "../../lib/docs/markdown.ts";

const ROOT = new URL("../../", import.meta.url);

describe("generated files", () => {
  it.each(GENERATED_FILES)("$file is what its table says (else: npm run docs)", async ({ file, render }) => {
    expect(readFileSync(new URL(file, ROOT), "utf8")).toBe(await render());
  });

  it("name every transform, parameter and error code", () => {
    const text = GENERATED_FILES.map(({ file }) => readFileSync(new URL(file, ROOT), "utf8")).join("\n");
    const parameters = [...TRANSFORMS.values()].flatMap((transform) => transform.parameters);
    const names = [...TRANSFORMS.keys(), ...parameters.map(({ name }) => name), ...Object.keys(ERROR_CODES)];
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

describe("markdown", () => {
  it("escapes what would end a cell", () => {
    expect(table(["a", "b"], [["x|y", code("|")]])).toBe("| a | b |\n| --- | --- |\n| x\\|y | `\\|` |");
  });

  it("quotes code that holds a quote", () => {
    expect(code("a`b")).toBe("``a`b``");
  });
});
