import type { Metafile } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "#cli/commands";
import { bundleShield } from "../../bin/bundle.mjs";

const ROOT = new URL("../..", import.meta.url).pathname;

describe("the bundle", () => {
  let outputs: Metafile["outputs"];
  beforeAll(async () => {
    ({ outputs } = (await bundleShield(ROOT)).metafile);
  });

  /** The sources that are loaded together with one, without what is only imported when it is needed. */
  function loadedWith(entry: string): readonly string[] {
    const found = new Set<string>();
    const visit = (output: string) => {
      if (found.has(output) || outputs[output] === undefined) return;
      found.add(output);
      for (const { path, kind } of outputs[output].imports) if (kind === "import-statement") visit(path);
    };
    for (const [output, { entryPoint }] of Object.entries(outputs)) if (entryPoint === entry) visit(output);
    return [...found].flatMap((output) => Object.keys(outputs[output]?.inputs ?? {}));
  }

  it("starts with the command line alone", () => {
    const others = loadedWith("bin/shield.ts").filter(
      (file) => !/^(bin|lib\/cli|lib\/errors|lib\/json|node_modules\/commander)\//.test(file),
    );
    expect(others).toEqual([]);
  });

  it("runs a compiled policy without protobuf, buf, YAML and AWS", () => {
    const loaded = loadedWith("lib/cli/commands/run.ts");
    expect(loaded.length).toBeGreaterThan(50);
    expect(loaded.filter((file) => file.startsWith("node_modules/"))).toEqual([]);
    expect(loaded.filter((file) => /^lib\/(policy|manifest|delivery\/aws)\//.test(file))).toEqual([]);
  });

  it("loads each command when it is called", () => {
    const entries = Object.values(outputs).map(({ entryPoint }) => entryPoint);
    for (const { name } of COMMANDS) expect(entries).toContain(`lib/cli/commands/${name}.ts`);
  });
});
