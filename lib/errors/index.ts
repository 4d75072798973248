export { type Audience, ERROR_CODES, type ErrorCode, type ErrorFacts } from "./codes.ts";
export { ConfigError, DeliveryError, type Diagnostic, formatDiagnostic, PolicyError, ShieldError } from "./errors.ts";
