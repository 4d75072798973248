import { mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Io } from "../io.ts";

const NAME = "event-shield";
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Opens the user's own cache folder: `$XDG_CACHE_HOME` or `~/.cache`, else one in the folder for temporary files.
 *
 * A folder that somebody else could write to is not used: a compiled policy found there would be obeyed.
 *
 * @returns undefined when no folder can be used
 * @see https://specifications.freedesktop.org/basedir-spec/latest (read 2026-11-22)
 */
export function openCacheDir({ env, home }: Pick<Io, "env" | "home">): string | undefined {
  const base = env["XDG_CACHE_HOME"] ?? "";
  const own = join(isAbsolute(base) ? base : join(home, ".cache"), NAME);
  return [own, join(tmpdir(), `${NAME}-${process.getuid?.() ?? "user"}`)].find(isUsable);
}

function isUsable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    return uid === (process.getuid?.() ?? uid) && (mode & WRITABLE_BY_OTHERS) === 0;
  } catch {
    return false;
  }
}
