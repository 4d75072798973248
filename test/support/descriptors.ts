import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { formatDiagnostic, PolicyError } from "#errors";
import { buildDescriptors, compilePolicy, type Descriptors, LOCAL_SPACE, type Policy, type SpaceFacts } from "#policy";

/** The day on which policies are compiled in tests. */
export const TODAY = "2026-09-20";

/** Builds a folder of policy files; the shipped ones when none is named. */
export function buildFolder(policiesDir?: string): Promise<Descriptors> {
  return inTemporaryFolder((cacheDir) => buildDescriptors({ cacheDir, ...(policiesDir && { policiesDir }) }));
}

/** Builds a user module from texts, by the path of the file. */
export function buildFiles(files: Readonly<Record<string, string>>): Promise<Descriptors> {
  return inTemporaryFolder((folder) => {
    const policiesDir = join(folder, "policies");
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(policiesDir, path)), { recursive: true });
      writeFileSync(join(policiesDir, path), text);
    }
    return buildDescriptors({ policiesDir, cacheDir: join(folder, "cache") });
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

async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "shield-test-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
