import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type Manifests, parseManifests } from "./manifests.ts";

/** The folder of deployment documents in a policies directory. */
const FOLDER = "deployments";

/**
 * Reads the `.yaml` and `.yml` files below `deployments/` of a policies directory. Without that folder nothing is deployed.
 *
 * @throws {PolicyError} with every place that is wrong
 */
export async function loadManifests(policiesDir: string): Promise<Manifests> {
  const folder = join(policiesDir, FOLDER);
  if (!existsSync(folder)) return parseManifests([]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter(({ name }) => /\.ya?ml$/.test(name))
    .map(({ parentPath, name }) => join(parentPath, name));
  const files = paths.sort().map(async (path) => ({
    path: relative(policiesDir, path).split(sep).join("/"),
    text: await readFile(path, "utf8"),
  }));
  return parseManifests(await Promise.all(files));
}
