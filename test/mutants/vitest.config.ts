import { defineConfig } from "vitest/config";

/** The unit suites of what `npm run mutate` changes. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: [
      "test/delivery/protocols/*.test.ts",
      "test/delivery/{ledger-writes,pair}.test.ts",
      "test/engine/check.test.ts",
      "test/policy/{golden,shipped,total}.test.ts",
      "test/policy/{schema,processor,matrix}/*.test.ts",
    ],
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  },
});
