// The licence texts of the packages whose code is bundled.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Takes the bundled files, relative to `root`; returns name, version, licence and licence text of each package. */
export function collectLicences(root, files) {
  const packages = files.map(packageOf).filter((folder) => folder !== undefined);
  return [...new Set(packages)]
    .sort()
    .map((folder) => describePackage(join(root, folder)))
    .join("\n");
}

function packageOf(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function describePackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const heading = `${"=".repeat(80)}\n${name} ${version} (${license})\n${"=".repeat(80)}\n`;
  return [heading, ...texts.map((file) => readFileSync(join(folder, file), "utf8"))].join("\n");
}
