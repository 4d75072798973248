import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildModule, compile, diagnosticsOf } from "#support/descriptors";

const GOLDEN = new URL("golden/", import.meta.url).pathname;
const CASES = readdirSync(GOLDEN, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** Each folder is a user module that breaks rules; `vitest run -u` writes `expected.txt` anew, to be read as a diff. */
describe("diagnostics", () => {
  it.each(CASES.map(({ name }) => name))("of %s are exactly as expected", async (name) => {
    const folder = join(GOLDEN, name);
    const text = await diagnosticsOf(async () => compile(await buildModule(folder)));
    await expect(text).toMatchFileSnapshot(join(folder, "expected.txt"));
  });
});
