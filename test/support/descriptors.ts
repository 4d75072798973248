import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { formatDiagnostic, PolicyError } from "#errors";
import {
  buildDescriptors,
  compilePolicy,
  type Descriptors,
  LOCAL_SPACE,
  type Policy,
  type SpaceFacts,
  shippedPoliciesDir,
} from "#policy";

/** The day on which policies are compiled in tests. */
export const TODAY = "2026-09-20";

/** Builds a folder of policy files with the Auth0 pack. */
export function buildFolder(policiesDir: string): Promise<Descriptors> {
  return inTemporaryFolder((cacheDir) => buildDescriptors({ cacheDir, policiesDir }));
}

let shipped: Promise<Descriptors> | undefined;
let shippedPolicy: Policy | undefined;

/** Builds the shipped policy files, once for all tests of a worker. */
export function buildShipped(): Promise<Descriptors> {
  shipped ??= buildFolder(shippedPoliciesDir());
  return shipped;
}

/** Compiles the shipped policy for this machine as of {@link TODAY}, once for all tests of a worker. */
export async function compileShipped(): Promise<Policy> {
  shippedPolicy ??= compile(await buildShipped());
  return shippedPolicy;
}

/** Builds the user module in a folder with the language alone: no pack, so that nothing but the module counts. */
export function buildModule(folder: string): Promise<Descriptors> {
  return buildWithLanguage((policiesDir) => {
    for (const name of readdirSync(folder)) symlinkSync(join(folder, name), join(policiesDir, name));
  });
}

/** Builds a user module from texts, by the path of the file, with the language alone. */
export function buildFiles(files: Readonly<Record<string, string>>): Promise<Descriptors> {
  return buildWithLanguage((policiesDir) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(policiesDir, path)), { recursive: true });
      writeFileSync(join(policiesDir, path), text);
    }
  });
}

/** Compiles descriptors as of {@link TODAY}. */
export function compile(descriptors: Descriptors, space: SpaceFacts = LOCAL_SPACE): Policy {
  return compilePolicy(descriptors, { space, today: TODAY });
}

/** Runs what is expected to break the policy's rules, and returns the diagnostics as a user sees them. */
export async function diagnosticsOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof PolicyError) return `${error.diagnostics.map(formatDiagnostic).join("\n")}\n`;
    throw error;
  }
  return "no breach\n";
}

function buildWithLanguage(fill: (policiesDir: string) => void): Promise<Descriptors> {
  return inTemporaryFolder((folder) => {
    const policiesDir = join(folder, "policies");
    mkdirSync(join(policiesDir, "auth0"), { recursive: true });
    symlinkSync(join(shippedPoliciesDir(), "auth0", "proto"), join(policiesDir, "auth0", "proto"));
    fill(policiesDir);
    return buildDescriptors({ policiesDir, cacheDir: join(folder, "cache") });
  });
}

async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "shield-test-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
