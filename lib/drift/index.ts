export type { DriftFinderOptions } from "./drift-finder.ts";
export {
  countHidden,
  type DriftFindings,
  type FieldFinding,
  hasDrift,
  listFindings,
  type TypeFinding,
  writePath,
} from "./findings.ts";
export { createEventsLook, type EventsLook } from "./look-at-events.ts";
export { type FieldProposal, type NoProposal, proposeFields } from "./propose-fields.ts";
export { isReport, readDrift } from "./read-drift.ts";
export { createNameFinder, type NameFinder, type RevealedNames } from "./reveal-names.ts";
