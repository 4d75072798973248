import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeEntry } from "#cli/policy/entry-store";
import { loadPlans, loadPolicy } from "#cli/policy/load-policy";
import type { Policy } from "#policy";
import { type CliWorld, createIo, SHOP } from "#support/cli";

describe("loading a policy", () => {
  let home: string;
  const ioOf = (world: CliWorld = {}) => createIo({ home, env: { XDG_CACHE_HOME: "" }, ...world }).io;
  const cache = () => join(home, ".cache", "event-shield");
  const entries = () => readdirSync(cache()).sort();

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "shield-home-"));
  });

  /** A home in which the policy was compiled, and what it is. */
  const kept = mkdtempSync(join(tmpdir(), "shield-kept-"));
  let compiled: Policy;
  const takeKept = () => cpSync(kept, home, { recursive: true });

  beforeAll(async () => {
    compiled = await loadPolicy({ policies: SHOP }, ioOf({ home: kept }));
  });

  it("compiles once, and keeps plans apart from the matrix", async () => {
    const { matrix, ...plans } = compiled;
    takeKept();
    expect(matrix.length).toBeGreaterThan(0);
    expect(entries()).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}\.plans\.json$/),
      expect.stringMatching(/^[0-9a-f]{64}\.policy\.json$/),
    ]);
    expect(await loadPolicy({ policies: SHOP }, ioOf())).toEqual(compiled);
    expect(await loadPlans({ policies: SHOP }, ioOf())).toEqual(plans);
  });

  it("takes what is kept without compiling", async () => {
    takeKept();
    const [plans = ""] = entries();
    writeEntry(cache(), plans.replace(/\.json$/, ""), '{"hash":"kept"}');
    expect(await loadPlans({ policies: SHOP }, ioOf())).toEqual({ hash: "kept" });
  });

  it("compiles anew where an entry is damaged", async () => {
    takeKept();
    for (const name of entries()) {
      const text = readFileSync(join(cache(), name), "utf8");
      writeFileSync(join(cache(), name), text.replace("SHIPPING", "SHOPPING"));
    }
    expect(await loadPolicy({ policies: SHOP }, ioOf())).toEqual(compiled);
    expect(readFileSync(join(cache(), entries()[0] ?? ""), "utf8")).not.toContain("SHOPPING");
  });

  it("keeps nothing in a run from source", async () => {
    const { build: _build, ...install } = ioOf().install;
    await loadPlans({ policies: SHOP }, { ...ioOf(), install });
    expect(entries()).toEqual([]);
  });

  it("gives the same policy where the home cannot be written", async () => {
    const { matrix: _matrix, ...plans } = compiled;
    expect(await loadPlans({ policies: SHOP }, ioOf({ home: "/dev/null" }))).toEqual(plans);
  });
});
