import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError } from "#errors";
import { buildDescriptors, shippedPoliciesDir } from "#policy";

describe("buildDescriptors", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "shield-build-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const build = (policiesDir: string) => buildDescriptors({ policiesDir, cacheDir: join(folder, "cache") });

  it("leaves nothing in the cache folder", async () => {
    await buildDescriptors({ cacheDir: join(folder, "cache") });
    expect(readdirSync(join(folder, "cache"))).toEqual([]);
  });

  it("gives the same bytes for the same files in another folder", async () => {
    const [shipped, again] = await Promise.all([
      buildDescriptors({ cacheDir: join(folder, "a") }),
      buildDescriptors({ cacheDir: join(folder, "b"), policiesDir: shippedPoliciesDir() }),
    ]);
    expect(Buffer.from(shipped.image).equals(again.image)).toBe(true);
  });

  it("refuses a folder that is not there", async () => {
    const missing = join(folder, "none");
    await expect(build(missing)).rejects.toThrow(
      new ConfigError(`expected a policies directory at ${missing}, got nothing there`),
    );
  });

  it("refuses a folder without processors", async () => {
    await expect(build(folder)).rejects.toThrow(
      new ConfigError(
        `expected processors.proto in ${folder}, got none: it declares who receives data; copy the shipped one to start from`,
      ),
    );
  });

  it("refuses a folder that takes the package's name for something else", async () => {
    writeFileSync(join(folder, "processors.proto"), "");
    mkdirSync(join(folder, "auth0"));
    await expect(build(folder)).rejects.toThrow(
      new ConfigError(
        `expected no folder auth0 in ${folder}, or a copy of the whole pack with proto/options, got one without: the name is taken by the package; rename the folder`,
      ),
    );
  });
});
