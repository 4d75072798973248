import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { storeFilesOf } from "#delivery";
import { folderOf } from "#delivery/directory/register";
import type { Plan } from "#plan";

/** Writes what each processor's store needs to `stores/<processor>`: index templates, scripts, table definitions. */
export async function writeStoreFiles(directory: string, plans: readonly Plan[]): Promise<void> {
  for (const plan of plans) {
    const output = folderOf(plan);
    const files = storeFilesOf(plan, output);
    const folder = join(directory, "stores", output);
    if (files.length > 0) await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const { name, text } of files) await writeFile(join(folder, name), text, { mode: 0o600 });
  }
}
