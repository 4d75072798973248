import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = new URL("..", import.meta.url).pathname;

const EXPORT =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:type|interface|enum|class|const|let|function\*?) ([A-Za-z_$][\w$]*)/gm;

/** Types are held to it wherever they are declared, since nobody sees from a type's use whose it is. */
const LOCAL_TYPE = /^(?:type|interface|enum) ([A-Za-z_$][\w$]*)/gm;

/** Types that TypeScript and the DOM declare for everybody; values are those of this process. */
const GLOBAL_TYPES = [
  ..."Partial Required Readonly Record Pick Omit Exclude Extract NonNullable Parameters ReturnType InstanceType".split(
    " ",
  ),
  ..."Awaited Uppercase Lowercase Capitalize ThisType PropertyKey ArrayLike PromiseLike Iterable Generator".split(" "),
  ..."Node Element Document Text Comment Range Selection Window Attr".split(" "),
];
const GLOBALS: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(globalThis), ...GLOBAL_TYPES]);

describe("names", () => {
  const files = ["lib", "lambdas"].flatMap(sourceFiles);
  const exported = files.flatMap((file) => namesIn(file, EXPORT));

  it("are found", () => {
    expect(exported.length).toBeGreaterThan(500);
  });

  it("are exported once", () => {
    const filesOf = (wanted: string) => exported.filter(({ name }) => name === wanted).map(({ file }) => file);
    const seen = new Set<string>();
    const twice = exported.map(({ name }) => name).filter((name) => seen.size === seen.add(name).size);
    expect(twice.map((name) => `${name}: ${filesOf(name).join(", ")}`)).toEqual([]);
  });

  it("shadow none that everybody knows", () => {
    const types = files.flatMap((file) => namesIn(file, LOCAL_TYPE));
    const shadows = [...exported, ...types].filter(({ name }) => GLOBALS.has(name));
    expect(shadows.map(({ name, file }) => `${name}: ${file}`)).toEqual([]);
  });
});

function sourceFiles(folder: string): readonly string[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"));
  return files.map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

function namesIn(file: string, pattern: RegExp): readonly { readonly file: string; readonly name: string }[] {
  const source = readFileSync(join(ROOT, file), "utf8");
  return [...source.matchAll(pattern)].map(([, name = ""]) => ({ file, name }));
}
