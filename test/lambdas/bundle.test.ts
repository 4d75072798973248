import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleEnforcer, ENFORCER_BUILD } from "../../bin/bundle-lambdas.ts";

/** What one processor ships, its plan apart. A quarter of it matches patterns, and is read where a plan has any. */
const MAX_BYTES = 600 * 1_024;

describe("the enforcer's bundle", () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "event-shield-bundle-"));
    await bundleEnforcer(join(folder, "enforcer"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is one folder of at most 600 KB with the handler in index.mjs", () => {
    const files = readdirSync(join(folder, "enforcer"));
    const bytes = files.reduce((sum, name) => sum + statSync(join(folder, "enforcer", name)).size, 0);
    expect(files).toContain("index.mjs");
    expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
    expect(readFileSync(join(folder, "enforcer", "index.mjs"), "utf8")).toMatch(/export\{.* as handler\}/);
  });

  it("holds neither protobuf nor buf, the CDK, a compiler or an AWS client", async () => {
    const { metafile } = await build({ ...ENFORCER_BUILD, outdir: folder, write: false });
    const packages = Object.keys(metafile.inputs).flatMap(
      (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
    );
    const unwanted = /^@bufbuild\/|protobuf|^aws-cdk|^constructs$|^@aws-sdk\/client-|^(commander|yaml|ajv|esbuild)$/;
    expect([...new Set(packages)].filter((name) => unwanted.test(name))).toEqual([]);
    expect(
      Object.keys(metafile.inputs).filter((file) => /^lib\/(policy|manifest|cli|constructs)\//.test(file)),
    ).toEqual([]);
  });

  it("loads no patterns, and no format and no sink but the one it needs", async () => {
    const { metafile } = await build({ ...ENFORCER_BUILD, outdir: folder, write: false });
    const atStart = reachable("index.mjs", metafile.outputs);
    expect(atStart).toContain("lambdas/enforcer/handler.ts");
    expect(
      [...atStart].filter((file) =>
        /lib\/formats\/(avro|parquet)|node_modules\/re2js|enforcer\/sinks\/(lake|fifo|log|entity)/.test(file),
      ),
    ).toEqual([]);
  });
});

type Outputs = Awaited<ReturnType<typeof build<typeof ENFORCER_BUILD>>>["metafile"]["outputs"];

/** Source files of the modules that a module imports before anything else happens. */
function reachable(entry: string, outputs: Outputs): ReadonlySet<string> {
  const chunks = new Set<string>();
  const visit = (path: string) => {
    if (chunks.has(path)) return;
    chunks.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === "import-statement") visit(next);
  };
  visit(Object.keys(outputs).find((path) => path.endsWith(`/${entry}`)) ?? "");
  return new Set([...chunks].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {})));
}
