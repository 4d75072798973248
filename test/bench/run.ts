// Runs every bench of this folder, one after the other, in a process of its own. Fails when one of them does.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));

for (const name of readdirSync(FOLDER).sort()) {
  if (!name.endsWith(".bench.ts")) continue;
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, ["--import", "tsx", FOLDER + name], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
