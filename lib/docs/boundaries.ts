/** A room of the house. */
export interface Room {
  readonly holds: string;
  /**
   * Where else its files may reach: `plan` is the index of lib/plan and nothing behind it, `delivery/*` all of lib/delivery, since
   * who uses one file should not load the others; `delivery/aws` any file of that folder, `cli/main` that file.
   */
  readonly imports: readonly string[];
}

/** Who may import whom: rooms of lib/ by their name, others by their path. A test holds the code to it. */
export const ROOMS: Readonly<Record<string, Room>> = {
  errors: { holds: "the closed set of error codes and the error classes", imports: [] },
  json: { holds: "JSON values that keep number text, member order and duplicates", imports: [] },
  keys: { holds: "what every key is for and of, tokens, the ring of a batch's keys", imports: [] },
  seal: { holds: "the sealed-envelope format v1", imports: ["keys"] },
  environment: {
    holds: "what a function finds in its environment: the contract of construct and handler",
    imports: ["errors"],
  },
  plan: {
    holds: "the Plan: types, canonical bytes, hash, version check; classes, kinds and patterns",
    imports: ["errors", "json"],
  },
  transforms: { holds: "one transform per file: facts and code", imports: ["json", "keys", "plan", "seal"] },
  manifest: { holds: "deployment documents: Space, Pop, Central", imports: ["errors", "feeds", "json", "plan"] },
  policy: {
    holds: "the compiler: descriptors → policy → matrix and plans (build time; knows protobuf and buf)",
    imports: ["errors", "feeds", "formats", "json", "manifest", "plan", "plan/re2", "transforms"],
  },
  feeds: { holds: "envelopes of the feeds as tables of paths", imports: ["json", "plan"] },
  engine: {
    holds: "plan + event → decision: the reference engine (run time, pure)",
    imports: ["feeds", "json", "keys", "plan", "seal", "transforms"],
  },
  formats: {
    holds: "what files look like: NDJSON, Parquet, Avro and the schemas for consumers",
    imports: ["json", "plan", "transforms"],
  },
  delivery: {
    holds: "pipeline, protocols over ports, ledgers, stores, sinks",
    imports: ["engine", "errors", "feeds", "formats", "json", "keys", "plan", "seal"],
  },
  vault: {
    holds: "keys: local ones now, per person later",
    imports: ["delivery", "errors", "keys"],
  },
  auth0: { holds: "the pack importer and sample generator", imports: ["errors", "json", "plan"] },
  drift: {
    holds: "what Auth0 sends and nobody declared: names, types and counts, never values",
    imports: ["auth0", "delivery", "engine", "errors", "feeds", "json", "keys", "plan", "policy"],
  },
  proof: {
    holds: "canaries in every place, and the search for them in everything that leaves",
    imports: [
      "delivery",
      "delivery/aws",
      "delivery/directory",
      "engine",
      "feeds",
      "json",
      "keys",
      "plan",
      "plan/re2",
      "policy",
      "seal",
      "transforms",
      "vault",
    ],
  },
  constructs: { holds: "one CDK construct per file", imports: ["environment", "errors", "feeds", "plan"] },
  stacks: { holds: "the stacks, which only wire constructs", imports: ["constructs", "errors", "manifest", "plan"] },
  docs: {
    holds: "what is generated from the tables; this table too",
    imports: [
      "delivery/directory",
      "engine",
      "errors",
      "feeds",
      "formats",
      "manifest",
      "plan",
      "plan/re2",
      "policy",
      "seal",
      "transforms",
      "vault",
    ],
  },
  lambdas: {
    holds: "the functions, put together from the rooms above",
    imports: ["delivery/*", "engine", "environment", "errors", "feeds", "formats", "json", "keys", "plan", "vault"],
  },
  cli: {
    holds: "`shield`, one command per file; knows no construct",
    imports: [
      "auth0",
      "delivery",
      "delivery/aws",
      "delivery/directory",
      "drift",
      "engine",
      "errors",
      "feeds",
      "json",
      "lambdas/enforcer",
      "lambdas/runtime",
      "manifest",
      "plan",
      "policy",
      "policy/matrix",
      "proof",
      "vault",
    ],
  },
  bin: {
    holds: "entry points and scripts",
    imports: [
      "cli/exit-code",
      "cli/main",
      "cli/process-io",
      "cli/terminal/report-failure",
      "docs",
      "manifest",
      "policy",
      "stacks",
    ],
  },
  "test/support": {
    holds: "fakes and builders that tests share",
    imports: [
      "cli/io",
      "cli/main",
      "delivery/*",
      "engine",
      "errors",
      "feeds",
      "formats",
      "json",
      "keys",
      "plan",
      "plan/re2",
      "policy",
      "seal",
      "transforms",
      "vault",
    ],
  },
};
