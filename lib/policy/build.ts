import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ConfigError, type Diagnostic, PolicyError } from "#errors";

export interface BuildOptions {
  /** Folder of the user module; the shipped policies when absent. */
  readonly policiesDir?: string;
  /** Folder for temporary files, created when missing. Nothing stays there. */
  readonly cacheDir: string;
}

/** Every file of a policy, parsed and linked by buf. */
export interface Descriptors {
  /** A serialized `google.protobuf.FileDescriptorSet` with source info. */
  readonly image: Uint8Array;
}

/** The folder, in the repository or an installed package, that holds the language, the Auth0 pack and the shipped user module. */
export function shippedPoliciesDir(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, "policies");
    if (holdsLanguage(join(candidate, "auth0"))) return candidate;
    if (folder === dirname(folder))
      throw new ConfigError(`expected the folder policies/auth0 above ${start}, got none`);
  }
}

/**
 * Builds the policy files with buf.
 *
 * The product module is the package's `auth0/`, unless the policies directory is a copy that holds the language itself.
 * The user module is everything else of the policies directory.
 *
 * @throws {PolicyError} when a file is not valid protobuf or uses an option that does not exist
 * @throws {ConfigError} when the directory or buf is missing
 */
export async function buildDescriptors({ policiesDir, cacheDir }: BuildOptions): Promise<Descriptors> {
  const userDir = resolve(policiesDir ?? shippedPoliciesDir());
  await checkUserDir(userDir);
  await mkdir(cacheDir, { recursive: true });
  const stageDir = await mkdtemp(join(cacheDir, "stage-"));
  try {
    await stage(stageDir, { userDir, auth0Dir: productDir(userDir) });
    return { image: await runBuf(stageDir) };
  } finally {
    await rm(stageDir, { recursive: true, force: true });
  }
}

function holdsLanguage(auth0Dir: string): boolean {
  return existsSync(join(auth0Dir, "proto", "options"));
}

function productDir(userDir: string): string {
  const own = join(userDir, "auth0");
  if (holdsLanguage(own)) return own;
  if (!existsSync(own)) return join(shippedPoliciesDir(), "auth0");
  throw new ConfigError(
    `expected no folder auth0 in ${userDir}, or a copy of the whole pack with proto/options, got one without: the name is taken by the package; rename the folder`,
  );
}

async function checkUserDir(userDir: string): Promise<void> {
  if (!existsSync(userDir)) throw new ConfigError(`expected a policies directory at ${userDir}, got nothing there`);
  if (existsSync(join(userDir, "processors.proto"))) return;
  throw new ConfigError(
    `expected processors.proto in ${userDir}, got none: it declares who receives data; copy the shipped one to start from`,
  );
}

/**
 * Lays out two modules for buf by symbolic links: `product/auth0` and `user/*`.
 *
 * buf refuses module paths outside its workspace, and a file that two modules contain.
 */
async function stage(stageDir: string, { userDir, auth0Dir }: { userDir: string; auth0Dir: string }): Promise<void> {
  await mkdir(join(stageDir, "product"));
  await mkdir(join(stageDir, "user"));
  await symlink(auth0Dir, join(stageDir, "product", "auth0"));
  for (const name of await userEntries(userDir)) await symlink(join(userDir, name), join(stageDir, "user", name));
  await writeFile(join(stageDir, "buf.yaml"), "version: v2\nmodules:\n  - path: product\n  - path: user\n");
}

async function userEntries(userDir: string): Promise<readonly string[]> {
  const entries = await readdir(userDir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.name.endsWith(".proto") || !entry.isFile())
    .map(({ name }) => name)
    .filter((name) => name !== "auth0" && name !== "node_modules" && !name.startsWith("."));
}

async function runBuf(stageDir: string): Promise<Uint8Array> {
  const output = join(stageDir, "image.binpb");
  const buf = [findBuf(), "build", ".", "--output", output, "--error-format", "json"];
  // A bare environment: the result depends on the files alone.
  const env = { HOME: stageDir, BUF_CACHE_DIR: join(stageDir, "cache") };
  try {
    await promisify(execFile)(process.execPath, buf, { cwd: stageDir, env, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw explainFailure(error);
  }
  return readFile(output);
}

function findBuf(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("@bufbuild/buf/package.json")), "bin", "buf");
  } catch (cause) {
    throw new ConfigError(
      "expected the package @bufbuild/buf, which reads policy files, got none: run `npm install --save-dev @bufbuild/buf@1.74.0`",
      { cause },
    );
  }
}

function explainFailure(error: unknown): Error {
  const text = ["stdout", "stderr"].map((name) => String((error as Record<string, unknown>)[name] ?? "")).join("\n");
  const diagnostics = text.split("\n").flatMap(toDiagnostic);
  if (diagnostics.length > 0) return new PolicyError(sayWhatIsLeft(diagnostics));
  const reason = text.trim().split("\n").at(-1) || "no output";
  return new ConfigError(`expected buf to build the policy files, got: ${reason}`, { cause: error });
}

function toDiagnostic(line: string): readonly Diagnostic[] {
  if (!line.startsWith("{")) return [];
  const found = JSON.parse(line) as { path?: string; start_line?: number; start_column?: number; message: string };
  return [
    {
      code: "POLICY_SYNTAX",
      file: (found.path ?? "").replace(/^(product|user)\//, ""),
      line: found.start_line ?? 0,
      column: found.start_column ?? 0,
      message: found.message,
    },
  ];
}

/** Adds to the last breach that the rules of the language were not checked yet. */
function sayWhatIsLeft(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const help = "the rules of the policy language are checked once every file can be read";
  return diagnostics.map((found, index) => (index === diagnostics.length - 1 ? { ...found, help } : found));
}
