import type { CommandEntry } from "./command.ts";

/** Every command of `shield`, in the order of its help. Each loads only what it needs, when it is called. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "run",
    summary: "enforce the policy on files of events and write what each processor may see",
    load: async () => (await import("./commands/run.ts")).run,
  },
  {
    name: "verify",
    summary: "check that an output directory is as it was written, and say what is lost",
    load: async () => (await import("./commands/verify.ts")).verify,
  },
  {
    name: "compact",
    summary: "merge old partitions of an output directory's lakes into few files",
    load: async () => (await import("./commands/compact.ts")).compact,
  },
  {
    name: "check",
    summary: "compile the policy, name every breach, and show who sees what",
    load: async () => (await import("./commands/check.ts")).check,
  },
  {
    name: "explain",
    summary: "tell why each processor sees or does not see each field of an event",
    load: async () => (await import("./commands/explain.ts")).explain,
  },
  {
    name: "prove",
    summary: "prove that no value reaches anybody whom the policy does not let see it",
    load: async () => (await import("./commands/prove.ts")).prove,
  },
  {
    name: "drift",
    summary: "list what events hold and no schema declares, and propose what to declare",
    load: async () => (await import("./commands/drift.ts")).drift,
  },
  {
    name: "auth0",
    summary: "keep the Auth0 pack current, and make sample events",
    load: async () => (await import("./commands/auth0.ts")).auth0,
  },
];
