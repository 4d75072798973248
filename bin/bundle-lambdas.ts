import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { collectLicences } from "./licences.mjs";

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
  alias: {
    "@aws-sdk/credential-provider-node": "./lambdas/runtime/environment-credentials.ts",
    "node:http": "./lambdas/runtime/node-http.ts",
    "node:https": "./lambdas/runtime/node-https.ts",
    // Types and their encoding, without streams and services.
    avsc: "avsc/etc/browser/avsc-types.js",
  },
  banner: {
    // CommonJS packages call require for Node's own modules.
    js: 'import{createRequire as createRequireOfBundle}from"node:module";const require=createRequireOfBundle(import.meta.url);',
  },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
} as const satisfies BuildOptions;

/** The licences of what others wrote. */
export const NOTICES = "THIRD-PARTY-LICENCES.txt";

/** Bundles the enforcer into a folder, which a processor's `plan.json` completes; returns the folder. */
export async function bundleEnforcer(outdir: string = ENFORCER): Promise<string> {
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({ ...ENFORCER_BUILD, outdir });
  writeFileSync(join(outdir, NOTICES), collectLicences(ROOT, Object.keys(metafile.inputs)));
  return outdir;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.error(`bundle: ${await bundleEnforcer()}`);
