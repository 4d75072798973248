import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Installation } from "#cli/installation";
import { keyOfPolicy } from "#cli/policy/policy-key";

describe("keyOfPolicy", () => {
  let policiesDir: string;
  let install: Installation;

  const write = (file: string, text: string) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const key = (choice: { space?: string; today?: string } = {}, facts: Partial<Installation> = {}) =>
    keyOfPolicy({ policiesDir, today: "2026-11-22", ...choice }, { ...install, ...facts });

  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), "shield-key-"));
    policiesDir = join(folder, "mine");
    install = { root: join(folder, "package"), version: "1.0.0", bufVersion: "1.74.0", build: "b1" };
    write(join(policiesDir, "processors.proto"), "enum P {}");
    write(join(install.root, "package.json"), "{}");
    write(join(install.root, "policies/auth0/proto/options/types.proto"), "enum C {}");
  });

  it("is the same for the same bytes", () => {
    expect(key()).toBe(key());
  });

  it.each([
    { title: "a byte of a policy file", change: () => write(join(policiesDir, "processors.proto"), "enum Q {}") },
    { title: "a byte of the pack", change: () => write(join(install.root, "policies/auth0/a.proto"), "x") },
    { title: "a new deployment", change: () => write(join(policiesDir, "deployments/eu.yaml"), "kind: Space") },
    { title: "a missing file", change: () => rmSync(join(policiesDir, "processors.proto")) },
  ])("changes with $title", ({ change }) => {
    const before = key();
    change();
    expect(key()).not.toBe(before);
  });

  it("does not change with what is no part of a policy", () => {
    const before = key();
    for (const file of ["README.md", "events/a.ndjson", "node_modules/p/x.proto", ".git/x.proto"])
      write(join(policiesDir, file), "x");
    expect(key()).toBe(before);
  });

  it("changes with the Space, the compiler's build and buf's version", () => {
    const keys = [key(), key({ space: "eu" }), key({}, { build: "b2" }), key({}, { bufVersion: "1.75.0" })];
    expect(new Set(keys).size).toBe(4);
  });

  it("changes on the day an overlay ends, and on no other", () => {
    write(join(policiesDir, "overlays.proto"), 'overlay: { until: "2027-01-01" }');
    expect(key({ today: "2026-12-31" })).toBe(key());
    expect(key({ today: "2027-01-01" })).not.toBe(key());
    expect(key({ today: "2027-01-02" })).toBe(key({ today: "2027-01-01" }));
  });

  it("changes every day where an end is written in another way", () => {
    write(join(policiesDir, "overlays.proto"), "overlay: { until: '2027-01-01' }");
    expect(key({ today: "2026-11-23" })).not.toBe(key());
  });
});
