import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOMS } from "../lib/docs/boundaries.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const NAMES: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).imports;
const BUILD_TIME_PACKAGES = /^(@bufbuild\/|aws-cdk-lib|constructs|cdk-nag|commander|yaml|ajv)/;

interface Import {
  readonly file: string;
  readonly specifier: string;
  /** The file of ours that it names; absent = a package. */
  readonly target?: string;
}

/** In place of a specifier that is no plain text. */
const COMPUTED = "(computed)";

const TOKEN =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<=[(,=:[!&|?{;>]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;

const FILES = ["lib", "lambdas", "bin", "policies", "test"].flatMap(sourceFiles);
const IMPORTS_OF = new Map(FILES.map((file) => [file, importsOf(file)]));
const IMPORTS = [...IMPORTS_OF.values()].flat();
const BETWEEN_ROOMS = IMPORTS.flatMap(({ file, specifier, target }) => {
  const [from, to] = [roomOf(file), target === undefined ? undefined : roomOf(target)];
  return from === undefined || target === undefined || from === to ? [] : [{ from, file, specifier, target }];
});

describe("the house", () => {
  it("imports what lib/docs/boundaries.ts allows, and no more", () => {
    const wrong = BETWEEN_ROOMS.filter(
      ({ from, target }) => !ROOMS[from]?.imports.some((permission) => allows(permission, target)),
    );
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it("allows nothing that nobody uses", () => {
    const unused = Object.entries(ROOMS).flatMap(([room, { imports }]) =>
      imports
        .filter((permission) => !BETWEEN_ROOMS.some(({ from, target }) => from === room && allows(permission, target)))
        .map((permission) => `${room} may import ${permission}`),
    );
    expect(unused).toEqual([]);
  });

  it("names what it imports, so that it can be seen", () => {
    const computing = IMPORTS.filter(({ file, specifier }) => specifier === COMPUTED && !file.startsWith("test/"));
    // The build loads what it has just put together.
    expect(computing.map(({ file }) => file)).toEqual(["bin/build.mjs"]);
  });

  it.each([
    ['import { a } from "#plan";', ["#plan"]],
    ["import { a } from '#plan';", ["#plan"]],
    ["await import(`#plan`)", ["#plan"]],
    ['await import(/* x */ "#plan")', ["#plan"]],
    ['import { a } from /* x */ "#plan";', ["#plan"]],
    ['import {\n  a, // x\n} from // y\n "#plan";', ["#plan"]],
    ['// import "#plan"\n/* from "#plan" */', []],
    ['const at = "https://a.b"; import("#plan")', ["#plan"]],
    ["await import(name)", [COMPUTED]],
    ["await import(`./${name}.ts`)", [COMPUTED]],
    ['createRequire(import.meta.url)("../plan/hash.ts")', [COMPUTED]],
    ['createRequire(import.meta.url).resolve("a")', []],
  ])("sees what %j imports", (source, expected) => {
    expect(specifiersOf(withoutComments(source))).toEqual(expected);
  });

  it("has no files that import each other, however many are in between", () => {
    expect(findCircles()).toEqual([]);
  });

  it("leaves a room by a name of package.json's imports", () => {
    const wrong = BETWEEN_ROOMS.filter(({ specifier }) => specifier.startsWith("."));
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it("imports neither protobuf, buf nor the CDK in what a Lambda loads", () => {
    const loaded = reachableFrom(sourceFiles("lambdas"));
    const wrong = IMPORTS.filter(({ file, specifier }) => loaded.has(file) && BUILD_TIME_PACKAGES.test(specifier));
    expect(loaded.size).toBeGreaterThan(100);
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it("has each folder of lib/ in the table, with a README", () => {
    const folders = readdirSync(join(ROOT, "lib"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const wrong = folders
      .map(({ name }) => name)
      .filter(
        (name) => (name !== "decisions" && !(name in ROOMS)) || !existsSync(join(ROOT, "lib", name, "README.md")),
      );
    expect(wrong).toEqual([]);
  });
});

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.m?ts$|\.mjs$/.test(name))
    .map((name) => join(folder, name));
}

function importsOf(file: string): readonly Import[] {
  return specifiersOf(withoutComments(readFileSync(join(ROOT, file), "utf8"))).map((specifier) => {
    const target = resolve(file, specifier);
    return { file, specifier, ...(target !== undefined && existsSync(join(ROOT, target)) && { target }) };
  });
}

/** What is imported, loaded or required by a text; `COMPUTED` where only a run would tell. */
function specifiersOf(source: string): readonly string[] {
  const named = source.matchAll(/\b(?:from|import)\s*\(?\s*(?:"([^"\n]+)"|'([^'\n]+)'|`([^`$]+)`)/g);
  const computed = source.matchAll(
    /\bimport\s*\((?!\s*(?:"[^"\n]+"|'[^'\n]+'|`[^`$]+`)\s*\))|\bcreateRequire\([^;]*?\)\s*\(/g,
  );
  return [
    ...[...named].flatMap(([, ...texts]) => texts.find((text) => text) ?? []),
    ...[...computed].map(() => COMPUTED),
  ];
}

/** Texts, templates and patterns stay: what looks like a comment in them is none. */
function withoutComments(source: string): string {
  return source.replace(TOKEN, (token) => (/^\/[/*]/.test(token) ? " " : token));
}

function resolve(file: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return join(dirname(file), specifier);
  const exact = NAMES[specifier];
  if (exact !== undefined) return join(exact);
  const [name, pattern] = Object.entries(NAMES).find(([key]) => isPrefix(key, specifier)) ?? [];
  return name === undefined || pattern === undefined
    ? undefined
    : join(pattern.replace("*", specifier.slice(name.length - 1)));
}

function isPrefix(name: string, specifier: string): boolean {
  return name.endsWith("*") && specifier.startsWith(name.slice(0, -1));
}

/** The room of a file; the tests themselves have none. */
function roomOf(file: string): string | undefined {
  const [folder = "", name = ""] = file.split("/");
  if (folder === "lib") return name;
  return folder === "test" ? (name === "support" ? "test/support" : undefined) : folder;
}

/** Tells whether a permission such as `plan`, `delivery/*`, `delivery/aws` or `cli/main` covers a file. */
function allows(permission: string, target: string): boolean {
  const path = permission in ROOMS ? `${permission}/index` : permission.replace(/\/\*$/, "");
  const name = target.replace(/^lib\//, "").replace(/\.m?[jt]s$/, "");
  return name === path || name.startsWith(`${path}/`);
}

/** Files that import themselves, by way of others. */
function findCircles(): readonly string[] {
  return FILES.filter((file) => reachableFrom(targetsOf(file)).has(file));
}

function reachableFrom(files: readonly string[]): ReadonlySet<string> {
  const found = new Set(files);
  for (const file of found) for (const target of targetsOf(file)) found.add(target);
  return found;
}

function targetsOf(file: string): readonly string[] {
  return (IMPORTS_OF.get(file) ?? []).flatMap(({ target }) => target ?? []);
}
