export { type Audience, ERROR_CODES, type ErrorCode, type ErrorFacts } from "./codes.ts";
export { describeThrown, nameOfThrown, type ThrownDescription } from "./describe-thrown.ts";
export {
  ConfigError,
  DeliveryError,
  type Diagnostic,
  type DiagnosticField,
  formatDiagnostic,
  PolicyError,
  ShieldError,
} from "./errors.ts";
export { findNearMatch, suggest } from "./near-match.ts";
export { createThrownKinds, type ThrownKinds } from "./thrown-kinds.ts";
