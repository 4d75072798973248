// Bundles bin/shield.ts to dist/ and compiles the shipped policy into it. Does nothing when nothing changed.
//   node bin/build.mjs            a policy with breaches is left to `shield check`
//   node bin/build.mjs --package  a policy with breaches fails the build
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { BUILD_PLACEHOLDER, bundleShield } from "./bundle.mjs";
import { collectLicences } from "./licences.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DIST = join(ROOT, "dist");
/** What the last build read, and the hash of it: `{inputs, hash}`. */
const STAMP = join(ROOT, ".cache", "build.json");
/** Read beside what is bundled; the lock file stands for everything in node_modules. */
const ALSO_READ = ["bin/build.mjs", "bin/bundle.mjs", "bin/licences.mjs", "package.json", "package-lock.json"];

const startedAtMs = Date.now();
if (!isFresh()) await buildAll();

function isFresh() {
  if (![STAMP, join(DIST, "shield.js"), join(DIST, "policies")].every((path) => existsSync(path))) return false;
  const { inputs, hash } = JSON.parse(readFileSync(STAMP, "utf8"));
  return inputs.every((file) => existsSync(join(ROOT, file))) && hash === hashFiles([...inputs, ...policyFiles()]);
}

async function buildAll() {
  const former = listFiles(DIST);
  const inputs = await bundle();
  if (await compilePolicy()) {
    mkdirSync(dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, JSON.stringify({ inputs, hash: hashFiles([...inputs, ...policyFiles()]) }));
  }
  removeUntouched(former);
  console.error(`build: dist/ is ready (${Date.now() - startedAtMs} ms)`);
}

async function bundle() {
  const { metafile, outputFiles } = await bundleShield(ROOT);
  const bundled = Object.keys(metafile.inputs);
  const inputs = [...bundled.filter((file) => !file.startsWith("node_modules/")), ...ALSO_READ].sort();
  writeBundle(outputFiles, hashFiles(inputs).slice(0, 16));
  writeFileSync(join(DIST, "THIRD-PARTY-LICENCES.txt"), collectLicences(ROOT, bundled));
  return inputs;
}

function writeBundle(files, buildId) {
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.replaceAll(BUILD_PLACEHOLDER, buildId));
  }
}

/** Compiles the shipped policy, so that an installed package runs it without buf. */
async function compilePolicy() {
  const { precompile } = await import(pathToFileURL(join(DIST, "precompile.js")).href);
  const breaches = await precompile(ROOT);
  if (breaches === undefined) return true;
  console.error(`build: the shipped policy does not compile: run npx shield check\n\n${breaches}\n`);
  if (process.argv.includes("--package")) process.exitCode = 1;
  return false;
}

/** Removes what a former build left last, so that a `shield` that runs meanwhile still finds its chunks. */
function removeUntouched(former) {
  for (const file of former) if (statSync(file).mtimeMs < startedAtMs) rmSync(file);
}

function policyFiles() {
  return listFiles(join(ROOT, "policies"))
    .map((file) => file.slice(ROOT.length))
    .sort();
}

function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function hashFiles(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const bytes = readFileSync(join(ROOT, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}
