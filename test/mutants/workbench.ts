import { join } from "node:path";
import { createVitest, type TestCollection } from "vitest/node";
import { type Mutant, plant } from "./mutant.ts";

const ROOT = new URL("../..", import.meta.url).pathname;

/** Runs tests over code in which at most one bug is planted. Files stay as they are: a bug is planted as they are read. */
export interface Workbench {
  /**
   * Counts the tests and hooks that fail.
   *
   * @throws {SyntaxError} when a file cannot be loaded: whatever is wrong with it, no test has found it
   */
  failuresOf(tests: readonly string[], mutant?: Mutant): Promise<number>;
  close(): Promise<void>;
}

/** Opens one Vitest for all bugs, which is what makes a bug cost a second. */
export async function openWorkbench(): Promise<Workbench> {
  let planted: Mutant | undefined;
  const transform = (text: string, id: string) =>
    planted !== undefined && id === join(ROOT, planted.file) ? plant(planted, text) : undefined;
  const vitest = await createVitest("test", OPTIONS, { plugins: [{ name: "plant", enforce: "pre", transform }] });

  async function countFailures(tests: readonly string[]): Promise<number> {
    const paths = new Set(tests.map((test) => join(ROOT, test)));
    const found = await vitest.globTestSpecifications([...tests]);
    const { testModules } = await vitest.runTestSpecifications(found.filter(({ moduleId }) => paths.has(moduleId)));
    const own = testModules.filter(({ moduleId }) => paths.has(moduleId));
    const unread = own.filter((module) => module.errors().length > 0);
    if (unread.length > 0)
      throw new SyntaxError(`expected code that can be loaded, got ${planted?.name ?? "an error"}`);
    if (own.length !== paths.size)
      throw new RangeError(`expected the test files ${[...paths].join(", ")}, got ${own.length}`);
    return own.reduce((sum, { children }) => sum + failuresIn(children), 0);
  }

  return {
    async failuresOf(tests, mutant) {
      planted = mutant;
      if (mutant !== undefined) vitest.invalidateFile(join(ROOT, mutant.file));
      const failures = await countFailures(tests);
      if (mutant !== undefined) vitest.invalidateFile(join(ROOT, mutant.file));
      return failures;
    },
    close: () => vitest.close(),
  };
}

/** A hook that fails leaves the tests of its suite aside. */
function failuresIn(children: TestCollection): number {
  const hooks = [...children.allSuites()].filter((suite) => suite.errors().length > 0);
  return hooks.length + [...children.allTests("failed")].length;
}

const OPTIONS = {
  config: false,
  root: ROOT,
  include: ["test/**/*.test.ts"],
  isolate: false,
  watch: false,
  reporters: [{}],
  testTimeout: 60_000,
  hookTimeout: 120_000,
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
} as const satisfies Parameters<typeof createVitest>[1];
