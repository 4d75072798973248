import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Policy } from "#policy";
import { compiledPoliciesDir, installedPoliciesDir } from "../installation.ts";
import type { Io } from "../io.ts";
import { openCacheDir } from "./cache-dir.ts";
import { readEntry, writeEntry } from "./entry-store.ts";
import { keyOfPolicy, type PolicyChoice } from "./policy-key.ts";

/** What the user said about the policy. */
export interface PolicyOptions {
  /** Folder of the user module; the shipped one when absent. */
  readonly policies?: string;
  readonly space?: string;
}

/** What enforcement needs of a policy: everything but the matrix, which is many times as large. */
export type PlanSet = Omit<Policy, "matrix">;

/**
 * Loads the compiled policy: from the cache when nothing it depends on has changed, else by compiling it.
 *
 * Only compiling loads protobuf and buf.
 *
 * @throws {PolicyError} with every breach when it does not compile
 */
export async function loadPolicy(options: PolicyOptions, io: Io): Promise<Policy> {
  return (await load("policy", options, io)) as Policy;
}

/** Loads a policy without its matrix; else like {@link loadPolicy}. */
export async function loadPlans(options: PolicyOptions, io: Io): Promise<PlanSet> {
  return load("plans", options, io);
}

/** What is kept of a compiled policy, part by part, so that each can be loaded without the other. */
const PARTS = {
  policy: (policy: Policy): PlanSet => policy,
  plans: ({ matrix: _matrix, ...plans }: Policy): PlanSet => plans,
};
type Part = keyof typeof PARTS;

async function load(part: Part, options: PolicyOptions, io: Io): Promise<PlanSet> {
  const choice = choosePolicy(options, io);
  const cacheDir = openCacheDir(io);
  if (io.install.build === undefined || !isFolder(choice.policiesDir)) {
    return PARTS[part](await compile(choice, cacheDir));
  }
  const key = keyOfPolicy(choice, io.install);
  const folders = [compiledPoliciesDir(io.install), ...(cacheDir === undefined ? [] : [cacheDir])];
  for (const folder of folders) {
    const entry = readEntry(folder, entryName(key, part));
    if (entry !== undefined) return JSON.parse(entry) as PlanSet;
  }
  const policy = await compile(choice, cacheDir);
  if (cacheDir !== undefined) tryToKeep(cacheDir, key, policy);
  return PARTS[part](policy);
}

/** What is no folder has no key; compiling it says what is wrong. */
function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Keeps a compiled policy in a folder. */
export function keepPolicy(folder: string, key: string, policy: Policy): void {
  for (const part of ["policy", "plans"] as const) {
    writeEntry(folder, entryName(key, part), JSON.stringify(PARTS[part](policy)));
  }
}

function entryName(key: string, part: Part): string {
  return `${key}.${part}`;
}

/** Resolves what the user said against the world. */
export function choosePolicy(
  { policies, space }: PolicyOptions,
  io: Pick<Io, "cwd" | "install" | "nowMs">,
): PolicyChoice {
  return {
    policiesDir: policies === undefined ? installedPoliciesDir(io.install) : resolve(io.cwd, policies),
    today: new Date(io.nowMs()).toISOString().slice(0, 10),
    ...(space === undefined ? {} : { space }),
  };
}

async function compile(choice: PolicyChoice, cacheDir: string | undefined): Promise<Policy> {
  const { compileFolder } = await import("./compile-folder.ts");
  return compileFolder(choice, cacheDir);
}

/** A cache that cannot be written costs only the time to compile again. */
function tryToKeep(cacheDir: string, key: string, policy: Policy): void {
  try {
    keepPolicy(cacheDir, key, policy);
  } catch {
    // A full or read-only disk is reported by whatever needs it.
  }
}
