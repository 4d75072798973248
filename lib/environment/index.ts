export { type EnforcerEnv, type RuntimeEnv, readEnv, requireSeconds, requireVariables } from "./enforcer-env.ts";
export { RETRY_HOLDS } from "./holds.ts";
