import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** Where real parts are kept between runs. As root it must be readable by other users: OpenSearch refuses uid 0. */
export function cacheRoot(): string {
  const own = process.env["EVENT_SHIELD_E2E_CACHE"];
  if (own !== undefined) return own;
  return process.getuid?.() === 0 ? "/var/cache/event-shield-e2e" : join(homedir(), ".cache", "event-shield-e2e");
}

/** Makes a folder of the cache once: `fill` works in a temporary folder that is renamed when it is complete. */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const home = join(cacheRoot(), name);
  if (existsSync(join(home, ".complete"))) return home;
  mkdirSync(cacheRoot(), { recursive: true, mode: 0o755 });
  const work = mkdtempSync(join(cacheRoot(), ".making-"));
  try {
    await fill(work);
    writeFileSync(join(work, ".complete"), "");
    rmSync(home, { recursive: true, force: true });
    renameSync(work, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return home;
}

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

export function scratchFolder(prefix: string): string {
  return mkdtempSync(join(tmpdir(), `event-shield-${prefix}-`));
}
