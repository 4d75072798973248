// Installs the dependencies when they are missing or older than package-lock.json. Runs before `npm start` and `npm test`.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Written by npm after each install. */
const INSTALLED = `${ROOT}node_modules/.package-lock.json`;
const LOCK = `${ROOT}package-lock.json`;

if (modifiedMs(INSTALLED) < modifiedMs(LOCK)) {
  console.error("setup: installing dependencies (npm ci)");
  process.exitCode = npm(["ci", "--include=dev", "--no-audit", "--no-fund"]);
  if (process.exitCode !== 0) console.error("setup: npm ci failed; mend what it names above and run this again");
}

function modifiedMs(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Runs the npm that runs this script; on its own, the one on the path. */
function npm(args) {
  const script = process.env.npm_execpath;
  const [command, ...first] = script === undefined ? ["npm"] : [process.execPath, script];
  const { status, error } = spawnSync(command, [...first, ...args], { cwd: ROOT, stdio: "inherit" });
  if (error !== undefined) console.error(`setup: ${error.message}`);
  return status ?? 1;
}
