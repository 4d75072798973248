// How bin/shield.ts becomes a bundle: one chunk per command, loaded when the command is called.
import { build } from "esbuild";

/** Stands for the build's hash until the bundle is written. */
export const BUILD_PLACEHOLDER = "@build@";

/** CommonJS packages (commander) call require for Node's own modules. */
const REQUIRE =
  'import { createRequire as createRequireOfBundle } from "node:module"; const require = createRequireOfBundle(import.meta.url);';

/** Bundles in memory; returns esbuild's `outputFiles` and `metafile`. */
export function bundleShield(root) {
  return build({
    absWorkingDir: root,
    entryPoints: { shield: "bin/shield.ts", precompile: "lib/cli/policy/precompile.ts" },
    outdir: "dist",
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    legalComments: "none",
    banner: { js: REQUIRE },
    define: { SHIELD_BUILD: JSON.stringify(BUILD_PLACEHOLDER) },
    metafile: true,
    write: false,
    logLevel: "warning",
  });
}
