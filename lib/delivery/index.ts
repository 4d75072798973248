export { type Answer, outcomeOf } from "./answer.ts";
export { backoffMs } from "./backoff.ts";
export { ENGINE, type ProcessedRecord, refusalOf } from "./decide-record.ts";
export { type Held, heldOf } from "./held.ts";
export { type Incoming, isEvent, ledgerIdOf, type Oversize } from "./incoming.ts";
export { aliasOf, type StoreFile, storeFilesOf } from "./layouts/store-files.ts";
export * from "./outcome.ts";
export { pair } from "./pair.ts";
export { nameDigest } from "./path-text.ts";
export { createPipeline, type Pipeline, type PipelineOptions } from "./pipeline.ts";
export * from "./ports.ts";
export {
  createQuarantine,
  QUARANTINE_STREAM,
  type Quarantine,
  type QuarantineRecord,
  quarantinedAs,
} from "./quarantine.ts";
export { checkPins, type PinnedStream, type PinPlace, pinOf, type StreamPin } from "./stream-pin.ts";
export { driftOf } from "./tally/drift-of.ts";
export type {
  DriftedField,
  DriftedType,
  DriftReport,
  DroppedCount,
  ProcessorReport,
  Report,
  Seen,
} from "./tally/report.ts";
export { createTally, type Tally, type TallyOptions } from "./tally/tally.ts";
