/**
 * `npm run mutate`: changes every expression of the protocols and checks, one after the other, and counts what no unit test
 * finds. Simulations are left out: they would hide which unit test is missing, and cost hours.
 */
export default {
  mutate: ["lib/delivery/protocols/*.ts", "lib/engine/check.ts", "lib/policy/*/check-*.ts"],
  testRunner: "vitest",
  vitest: { configFile: "test/mutants/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 10_000,
  reporters: ["clear-text", "progress-append-only"],
  clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false, skipFull: true },
  ignorePatterns: ["/dist", "/cdk.out", "/.cache"],
  tempDirName: ".cache/stryker",
  cleanTempDir: "always",
  // It is rewritten by an interface that TypeScript 7 does not have, for a sandbox that needs none.
  tsconfigFile: "none",
};
