import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The copy of Event Shield that runs. */
export interface Installation {
  /** Folder of its package.json. */
  readonly root: string;
  readonly version: string;
  /** The version of buf it was built and tested with. */
  readonly bufVersion: string;
  /** Hash of the sources it was built from; absent in an unbundled run, which therefore caches nothing. */
  readonly build?: string;
}

/** Defined by `bin/build.mjs`. */
declare const SHIELD_BUILD: string | undefined;

/** Reads what the package says of itself. */
export function findInstallation(root: string): Installation {
  const { version, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as PackageJson;
  const facts = { root, version, bufVersion: devDependencies["@bufbuild/buf"] };
  return typeof SHIELD_BUILD === "undefined" ? facts : { ...facts, build: SHIELD_BUILD };
}

interface PackageJson {
  readonly version: string;
  readonly devDependencies: { readonly "@bufbuild/buf": string };
}

/** The folder of the user module that ships with the package. */
export function installedPoliciesDir({ root }: Installation): string {
  return join(root, "policies");
}

/** The folder of policies that were compiled when the package was built. */
export function compiledPoliciesDir({ root }: Installation): string {
  return join(root, "dist", "policies");
}
