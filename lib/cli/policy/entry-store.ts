import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How many entries a folder keeps; the oldest go first. */
const KEPT = 16;
const SUFFIX = ".json";

/** Reads the entry of a key, or undefined when there is none that is whole. */
export function readEntry(folder: string, key: string): string | undefined {
  try {
    const text = readFileSync(join(folder, key + SUFFIX), "utf8");
    const end = text.indexOf("\n");
    const body = text.slice(end + 1);
    return text.slice(0, end) === digest(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Writes an entry under its checksum, whole or not at all, and forgets the oldest ones. */
export function writeEntry(folder: string, key: string, body: string): void {
  const file = join(folder, key + SUFFIX);
  const unfinished = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(unfinished, `${digest(body)}\n${body}`);
  renameSync(unfinished, file);
  forgetOldest(folder);
}

function forgetOldest(folder: string): void {
  const entries = readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => ({ name, writtenMs: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.writtenMs - a.writtenMs);
  for (const { name } of entries.slice(KEPT)) rmSync(join(folder, name), { force: true });
}

function digest(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}
