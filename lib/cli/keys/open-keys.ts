import { linkSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { ConfigError } from "#errors";
import { createLocalKeys, type LocalKeys, makeSecret, readSecret, writeSecret } from "#vault";
import type { Io } from "../io.ts";

const ENV = "SHIELD_KEYS";
const READABLE_BY_OTHERS = 0o077;

export interface KeysOptions {
  /** The key file that the user names; else `SHIELD_KEYS`, else a file of the user's configuration. */
  readonly keys?: string;
  /** The output directory: a key beside what it opens would protect nothing. */
  readonly out: string;
}

/**
 * Opens the keys of this machine; makes them when they are used for the first time.
 *
 * @throws {ConfigError} when they cannot be read, others could read them too, or they would stand in the output
 */
export function openKeys({ keys, out }: KeysOptions, io: Io): LocalKeys {
  const text = io.env[ENV] ?? "";
  const secret = keys === undefined && text !== "" ? explained(ENV, () => readSecret(text)) : openFile(keys, out, io);
  return createLocalKeys({ secret });
}

function openFile(named: string | undefined, out: string, io: Io): Uint8Array {
  const file = named === undefined ? defaultFile(io) : resolve(io.cwd, named);
  if (isInside(realPath(file), realPath(resolve(io.cwd, out))))
    throw new ConfigError(`expected the key file outside of ${out}, got ${file}: name another one with --keys`);
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? createFile(file, io);
  if ((mode & READABLE_BY_OTHERS) !== 0)
    throw new ConfigError(
      `expected a key file that only its owner can read, got mode ${(mode & 0o777).toString(8)}: chmod 600 ${file}`,
    );
  return explained(file, () => readSecret(readFileSync(file, "utf8")));
}

/** @see https://specifications.freedesktop.org/basedir-spec/latest (read 2026-11-22) */
function defaultFile({ env, home }: Io): string {
  const base = env["XDG_CONFIG_HOME"] ?? "";
  return join(isAbsolute(base) ? base : join(home, ".config"), "event-shield", "keys");
}

/** Writes new keys under another name first, so that nobody reads half of them and two first runs agree on one. */
function createFile(file: string, io: Io): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${Buffer.from(io.random(6)).toString("hex")}`;
  writeFileSync(unfinished, `${writeSecret(makeSecret(io.random))}\n`, { mode: 0o600, flag: "wx", flush: true });
  try {
    linkSync(unfinished, file);
    io.stderr.write(`made new keys in ${file}: keep them, they open what is sealed and recognise what was delivered\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(unfinished);
  }
  return statSync(file).mode;
}

/** Says whose text it is that is no key. */
function explained<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(`${error.message}, in ${name}`, { code: error.code, cause: error });
  }
}

function isInside(file: string, folder: string): boolean {
  const path = relative(folder, file);
  return !isAbsolute(path) && path !== ".." && !path.startsWith(`..${sep}`);
}

/** The real path of a file that may not be there yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}
