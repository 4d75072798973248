import { chmodSync, mkdirSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { openCacheDir } from "#cli/policy/cache-dir";

describe("openCacheDir", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "shield-home-"));
  });

  it("creates a folder of the user's own", () => {
    const folder = openCacheDir({ env: {}, home });
    expect(folder).toBe(join(home, ".cache", "event-shield"));
    expect(statSync(folder ?? "").mode & 0o777).toBe(0o700);
  });

  it("takes XDG_CACHE_HOME where it is absolute", () => {
    const base = join(home, "xdg");
    expect(openCacheDir({ env: { XDG_CACHE_HOME: base }, home })).toBe(join(base, "event-shield"));
    expect(openCacheDir({ env: { XDG_CACHE_HOME: "xdg" }, home })).toBe(join(home, ".cache", "event-shield"));
  });

  it("does not use a folder that others could write to", () => {
    const own = join(home, ".cache", "event-shield");
    mkdirSync(own, { recursive: true });
    chmodSync(own, 0o777);
    expect(openCacheDir({ env: {}, home })).toMatch(/event-shield-\d+$/);
  });

  it("falls back to the folder for temporary files where the home cannot be written", () => {
    expect(openCacheDir({ env: {}, home: "/dev/null" })).toMatch(/event-shield-\d+$/);
  });
});
