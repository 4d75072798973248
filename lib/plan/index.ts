export { canonicalBytes } from "./canonical.ts";
export { CLASSES, type Class, isAboutAnybody, isPersonal, PERSONAL_CLASSES, REVEALS, type Reveal } from "./classes.ts";
export type { Column, ColumnType } from "./columns.ts";
export { deliveryHash } from "./delivery-hash.ts";
export { describeOps } from "./describe-ops.ts";
export { columnOfPart, ENVELOPE_NAME, ENVELOPE_VERSION, hasColumns } from "./envelope.ts";
export { hashData, hashPlan, withHash } from "./hash.ts";
export { isDecimalText, parseInteger } from "./integer.ts";
export { isSealed } from "./is-sealed.ts";
export { KINDS, type Kind, type KindFacts, kindFacts } from "./kinds.ts";
export {
  type Dependency,
  LEAVING_CHANNELS,
  type LeavingChannel,
  type LeavingFact,
  type LeavingPart,
  type LeavingRow,
  type LeavingVariation,
} from "./leaves.ts";
export { loadPatterns } from "./load-patterns.ts";
export { mapsFields } from "./maps-fields.ts";
export { FIRST_GENERATION, GENERATION, type NameRule, PROCESSOR_NAME } from "./names.ts";
export { FIELD_OPTIONS, MESSAGE_OPTIONS } from "./option-packages.ts";
export type { Matcher, Patterns } from "./patterns.ts";
export * from "./plan.ts";
export { readPlan } from "./read-plan.ts";
export { type Instant, isDate, normalizeRfc3339, parseInstant, parseRfc3339 } from "./rfc3339.ts";
export type { Role } from "./roles.ts";
export { canonicalSubjectId, spellSubjectId, toOneSpelling } from "./spell-person.ts";
