import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleEnforcer, ENFORCER_BUILD, NOTICES } from "../../bin/bundle-lambdas.ts";

const KB = 1_024;

/** Most KB that a function loads before it takes an event, by what its plan makes it load. */
const BUDGETS = [
  ["lake of NDJSON", 700, ["sinks/lake.ts", "formats/ndjson.ts"]],
  ["lake of Parquet", 700, ["sinks/lake.ts", "formats/parquet.ts"]],
  ["lake of Avro", 700, ["sinks/lake.ts", "formats/avro.ts"]],
  ["FIFO queue", 700, ["sinks/fifo-queue.ts"]],
  ["standard queue", 700, ["sinks/standard-queue.ts"]],
  ["log index", 800, ["sinks/log-index.ts"]],
  ["entity index", 800, ["sinks/entity-index.ts"]],
] as const;

/** Plans with patterns load their matcher beside it. */
const PATTERNS = { source: "lib/plan/re2.ts", maxKb: 160 };

const UNWANTED =
  /^@bufbuild\/|protobuf|^aws-cdk|^constructs$|^@aws-sdk\/credential-provider-(?!env$)|^(commander|yaml|ajv|esbuild)$/;

describe("the enforcer's bundle", () => {
  let folder: string;
  let metafile: Metafile;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "event-shield-bundle-"));
    await bundleEnforcer(join(folder, "enforcer"));
    ({ metafile } = await build({ ...ENFORCER_BUILD, outdir: folder, write: false }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is one folder with the handler in index.mjs", () => {
    expect(readdirSync(join(folder, "enforcer"))).toContain("index.mjs");
    expect(readFileSync(join(folder, "enforcer", "index.mjs"), "utf8")).toMatch(/export\{.* as handler\}/);
  });

  it.each(BUDGETS)("loads no more for a %s than %i KB", (_, maxKb, modules) => {
    const bytes = bytesOf(["enforcer/handler.ts", ...modules], metafile.outputs);
    const withPatterns = bytesOf(["enforcer/handler.ts", PATTERNS.source, ...modules], metafile.outputs);
    expect(bytes).toBeLessThanOrEqual(maxKb * KB);
    expect(withPatterns - bytes).toBeLessThanOrEqual(PATTERNS.maxKb * KB);
  });

  it("holds neither protobuf nor buf, the CDK, a compiler or credentials from elsewhere", () => {
    expect(packagesOf(metafile).filter((name) => UNWANTED.test(name))).toEqual([]);
    expect(
      Object.keys(metafile.inputs).filter((file) => /^lib\/(policy|manifest|cli|constructs)\//.test(file)),
    ).toEqual([]);
  });

  it("ships the licence of every package in it", () => {
    const notices = readFileSync(join(folder, "enforcer", NOTICES), "utf8");
    expect(packagesOf(metafile).length).toBeGreaterThan(10);
    for (const name of packagesOf(metafile))
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
  });

  it("loads no format, no sink and no client but those it needs", () => {
    const inputs = inputsOf(loadedWith(["enforcer/handler.ts"], metafile.outputs), metafile.outputs);
    expect(inputs).toContain("lambdas/enforcer/handler.ts");
    expect(
      inputs.filter((file) =>
        /lib\/formats\/(avro|parquet)|node_modules\/re2js|enforcer\/sinks\/(lake|fifo|log|entity)|client-sqs\/dist-es\/commands\/SendMessage/.test(
          file,
        ),
      ),
    ).toEqual([]);
  });
});

type Outputs = Metafile["outputs"];

/** Files that are loaded with the modules whose sources end so, what is only imported when it is needed apart. */
function loadedWith(sources: readonly string[], outputs: Outputs): ReadonlySet<string> {
  const loaded = new Set<string>();
  const visit = (path: string) => {
    if (loaded.has(path) || outputs[path] === undefined) return;
    loaded.add(path);
    for (const { path: next, kind } of outputs[path].imports) if (kind === "import-statement") visit(next);
  };
  for (const source of sources) {
    const found = Object.keys(outputs).find((path) => outputs[path]?.entryPoint?.endsWith(source));
    if (found === undefined) throw new Error(`expected a module of ${source}, got none`);
    visit(found);
  }
  return loaded;
}

function bytesOf(sources: readonly string[], outputs: Outputs): number {
  return [...loadedWith(sources, outputs)].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
}

function inputsOf(paths: ReadonlySet<string>, outputs: Outputs): readonly string[] {
  return [...paths].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
}

function packagesOf({ inputs }: Metafile): readonly string[] {
  const names = Object.keys(inputs).flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return [...new Set(names)];
}
