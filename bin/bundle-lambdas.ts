import { rmSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type BuildOptions, build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Where the deployment takes the enforcer from. */
const ENFORCER = fileURLToPath(new URL("../dist/lambdas/enforcer", import.meta.url));

/** How the code of a Lambda is bundled: one folder of modules, those that a processor does not need left unread. */
export const ENFORCER_BUILD = {
  absWorkingDir: ROOT,
  entryPoints: { index: "lambdas/enforcer/handler.ts" },
  outExtension: { ".js": ".mjs" },
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node24",
  minify: true,
  // Packages' ES modules lose what is not used; their CommonJS, the default for Node, is taken whole.
  mainFields: ["module", "main"],
  banner: {
    // CommonJS packages call require for Node's own modules.
    js: 'import{createRequire as createRequireOfBundle}from"node:module";const require=createRequireOfBundle(import.meta.url);',
  },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
} as const satisfies BuildOptions;

/** Bundles the enforcer into a folder, which a processor's `plan.json` completes; returns the folder. */
export async function bundleEnforcer(outdir: string = ENFORCER): Promise<string> {
  rmSync(outdir, { recursive: true, force: true });
  await build({ ...ENFORCER_BUILD, outdir });
  return outdir;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.error(`bundle: ${await bundleEnforcer()}`);
