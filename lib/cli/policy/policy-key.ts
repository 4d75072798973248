import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Installation } from "../installation.ts";

/** Which files decide what a policy means: schemas and processors, deployments, actions. */
const POLICY_FILE = /\.(proto|ya?ml|ts)$/;
const SKIPPED_FOLDER = /^(\..*|node_modules)$/;

export interface PolicyChoice {
  /** Folder of the user module. */
  readonly policiesDir: string;
  /** Name of the Space it is compiled for; absent = the only one that is declared, else this machine. */
  readonly space?: string;
  /** Today's date, such as `2026-11-22`: overlays end. */
  readonly today: string;
}

/** Names a compiled policy by all that it depends on: the bytes of its files, the compiler's build and buf's version. */
export function keyOfPolicy({ policiesDir, space, today }: PolicyChoice, install: Installation): string {
  const hash = createHash("sha256");
  const add = (part: string | Uint8Array) => hash.update(`${part.length}:`).update(part);
  for (const fact of [install.build ?? "", findBufVersion(install), space ?? ""]) add(fact);
  for (const folder of [policiesDir, join(install.root, "policies", "auth0")]) {
    for (const file of listPolicyFiles(folder)) {
      const bytes = readFileSync(join(folder, file));
      add(file);
      add(bytes);
      add(whatHasEnded(bytes.toString("utf8"), today));
    }
  }
  return hash.digest("hex");
}

/** Says which of a file's `until` dates are over; an end that is not written as a plain date counts anew each day. */
function whatHasEnded(text: string, today: string): string {
  const ends = [...text.matchAll(/\buntil\s*:\s*(?:"(\d{4}-\d{2}-\d{2})")?/g)];
  return ends.map(([, end]) => (end === undefined ? today : String(end <= today))).join();
}

/** Lists paths below the folder, with `/`, in the same order on any machine. */
function listPolicyFiles(folder: string, below = ""): readonly string[] {
  const names = readdirSync(join(folder, below)).filter((name) => !SKIPPED_FOLDER.test(name));
  return names.sort().flatMap((name) => {
    const path = `${below}${name}`;
    if (POLICY_FILE.test(name)) return [path];
    return statSync(join(folder, path)).isDirectory() ? listPolicyFiles(folder, `${path}/`) : [];
  });
}

/** An installation without buf can only run what was compiled with the version it names. */
function findBufVersion({ root, bufVersion }: Installation): string {
  try {
    const file = createRequire(join(root, "package.json")).resolve("@bufbuild/buf/package.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  } catch {
    return bufVersion;
  }
}
