// Fails when package-lock.json has entries without a version: `npm ci` dies on them, although `npm install` wrote them.
import { readFileSync } from "node:fs";

const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const bare = Object.entries(lock.packages)
  .filter(([path, entry]) => path !== "" && entry.version === undefined && entry.link !== true)
  .map(([path]) => path);

for (const path of bare) console.error(`package-lock.json: expected a version, got none at packages["${path}"]`);
if (bare.length > 0) {
  console.error("The registry lacks these packages: pin a version of their parent that it has, then run npm install.");
  process.exitCode = 1;
}
