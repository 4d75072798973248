export { CLASSES, type Class, PERSONAL_CLASSES, REVEALS, type Reveal } from "./classes.ts";
export { KINDS, type Kind, type KindFacts } from "./kinds.ts";
export * from "./plan.ts";
