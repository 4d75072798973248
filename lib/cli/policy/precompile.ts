import { mkdirSync } from "node:fs";
import { formatDiagnostic, PolicyError } from "#errors";
import { compiledPoliciesDir, findInstallation, installedPoliciesDir } from "../installation.ts";
import { compileFolder } from "./compile-folder.ts";
import { keepPolicy } from "./load-policy.ts";
import { keyOfPolicy } from "./policy-key.ts";

/** Compiles the shipped policy into the package. Returns the breaches in words where it does not compile. */
export async function precompile(root: string): Promise<string | undefined> {
  const install = findInstallation(root);
  const choice = { policiesDir: installedPoliciesDir(install), today: new Date().toISOString().slice(0, 10) };
  try {
    const policy = await compileFolder(choice);
    mkdirSync(compiledPoliciesDir(install), { recursive: true });
    keepPolicy(compiledPoliciesDir(install), keyOfPolicy(choice, install), policy);
    return undefined;
  } catch (error) {
    if (error instanceof PolicyError) return error.diagnostics.map(formatDiagnostic).join("\n\n");
    throw error;
  }
}
