export { canonicalBytes } from "./canonical.ts";
export { CLASSES, type Class, isPersonal, PERSONAL_CLASSES, REVEALS, type Reveal } from "./classes.ts";
export type { Column, ColumnType } from "./columns.ts";
export { hashData, hashPlan, withHash } from "./hash.ts";
export { KINDS, type Kind, type KindFacts } from "./kinds.ts";
export * from "./plan.ts";
export { readPlan } from "./read-plan.ts";
export { canonicalSubjectId } from "./subject-id.ts";
