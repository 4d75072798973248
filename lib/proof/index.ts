export { type ProofOptions, type ProofProgress, proveRounds } from "./prove.ts";
export { type Checks, holds, type Leak, type ProofResult, type TableRow } from "./result.ts";
export { CHANNELS, type OutputChannel } from "./system/channels.ts";
export type { Enforce, EnforcerWorld, OpenEnforcer, Parts } from "./system/parts.ts";
export { QUARANTINE_BUCKET } from "./system/recording-handler.ts";
