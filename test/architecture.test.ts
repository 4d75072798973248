import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = new URL("..", import.meta.url).pathname;

/** What each folder of lib/ may import, beside itself: read from the linter's configuration, so that there is one table. */
const MAY_IMPORT = readBoundaries();

/** Folders whose code a Lambda may load: no protobuf, no buf, no CDK. */
const RUN_TIME = ["errors", "json", "seal", "plan", "transforms", "feeds", "engine", "formats", "delivery", "vault"];
const BUILD_TIME_PACKAGES = /^(@bufbuild\/|aws-cdk-lib|constructs|cdk-nag|commander|yaml|ajv)/;

interface Import {
  readonly file: string;
  readonly specifier: string;
}

describe("the house", () => {
  const imports = sourceFiles("lib").flatMap(importsOf);

  it("imports point one way", () => {
    const wrong = imports
      .map(({ file, specifier }) => ({ file, from: folderOf(file), to: targetFolder(file, specifier) }))
      .filter(({ from, to }) => to !== undefined && from !== to && from !== "cli" && !MAY_IMPORT[from]?.includes(to))
      .map(({ file, to }) => `${file} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  it("the command line knows no construct", () => {
    const wrong = imports.filter(
      ({ file, specifier }) =>
        folderOf(file) === "cli" && /^(constructs|stacks)$/.test(targetFolder(file, specifier) ?? ""),
    );
    expect(wrong).toEqual([]);
  });

  it("folders are left through their index or a name of package.json's imports", () => {
    const wrong = imports.filter(({ file, specifier }) => {
      const target = targetFolder(file, specifier);
      return specifier.startsWith(".") && target !== undefined && target !== folderOf(file);
    });
    expect(wrong).toEqual([]);
  });

  it("nothing a Lambda loads imports protobuf, buf or the CDK", () => {
    const wrong = imports.filter(
      ({ file, specifier }) => RUN_TIME.includes(folderOf(file)) && BUILD_TIME_PACKAGES.test(specifier),
    );
    expect(wrong).toEqual([]);
  });

  it("each folder of lib/ is in the table and says what lives there", () => {
    const folders = readdirSync(join(ROOT, "lib"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const wrong = folders
      .map(({ name }) => name)
      .filter((name) => !["cli", "decisions"].includes(name))
      .filter((name) => MAY_IMPORT[name] === undefined || !readdirSync(join(ROOT, "lib", name)).includes("README.md"));
    expect(wrong).toEqual([]);
  });
});

function readBoundaries(): Readonly<Record<string, readonly string[]>> {
  const { overrides } = JSON.parse(readFileSync(join(ROOT, ".biome.json"), "utf8")) as BiomeConfig;
  return Object.fromEntries(
    overrides.flatMap(({ includes: [glob = ""], linter }) => {
      const group = linter.rules.style?.noRestrictedImports?.options.patterns[0]?.group ?? [];
      const folder = /^lib\/([a-z0-9]+)\/\*\*$/.exec(glob)?.[1];
      const allowed = group.flatMap((pattern) => /^!#([a-z0-9]+)$/.exec(pattern)?.[1] ?? []);
      return folder !== undefined && group.includes("#*") ? [[folder, allowed]] : [];
    }),
  );
}

interface BiomeConfig {
  readonly overrides: readonly {
    readonly includes: readonly string[];
    readonly linter: {
      readonly rules: {
        readonly style?: {
          readonly noRestrictedImports?: { readonly options: { readonly patterns: readonly { group: string[] }[] } };
        };
      };
    };
  }[];
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const found = text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g);
  return [...found].map(([, specifier = ""]) => ({ file, specifier }));
}

function folderOf(file: string): string {
  return file.split(sep)[1] ?? "";
}

function targetFolder(file: string, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return /^#([a-z0-9]+)/.exec(specifier)?.[1];
  if (!specifier.startsWith(".")) return undefined;
  return folderOf(relative(ROOT, join(ROOT, dirname(file), specifier)));
}
