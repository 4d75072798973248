import { defineConfig } from "vitest/config";

/**
 * Tests that replace what a process has once (its output, its memory), start processes, or measure processor time, which
 * the heap that other files leave behind takes a share of: each file gets a worker of its own.
 * All others share workers, and so load each module once.
 */
const ALONE = [
  "test/bin/**/*.test.ts",
  "test/cli/input/splitters.test.ts",
  "test/cli/commands/prove.test.ts",
  "test/delivery/aws/aws.test.ts",
  "test/delivery/directory/{kill,node}.test.ts",
  "test/lambdas/runtime/safe-metrics.test.ts",
  "test/mutants/mutants.test.ts",
  "test/proof/comparison/**/*.test.ts",
  "test/proof/prove.test.ts",
  "test/proof/system/**/*.test.ts",
  "test/transforms/{hostile,scrub-text}.test.ts",
];

const NEVER = ["test/e2e/**", "test/bench/**", "node_modules/**"];

/** Projects read this file in a mode of their own, so what the command's decides is handed to them. */
function depth(mode: string) {
  return { env: { DEPTH: mode }, testTimeout: mode === "deep" ? 600_000 : 60_000 };
}

export default defineConfig(({ mode }) => ({
  test: {
    root: new URL("..", import.meta.url).pathname,
    hookTimeout: 120_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: [...NEVER, ...ALONE],
          ...depth(mode),
        },
      },
      { extends: true, test: { name: "alone", include: ALONE, exclude: NEVER, ...depth(mode) } },
    ],
  },
}));
