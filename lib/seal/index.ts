export { MAX_PEOPLE, MAX_SEGMENTS, SALT_BYTES, SUITE as SEAL_SUITE, VERSION as SEAL_VERSION } from "./format.ts";
export { type HeaderFailure, type ParsedHeader, parseHeader, type SealedSegment, type SealHeader } from "./header.ts";
export {
  type Opened,
  type OpenedOne,
  type OpenedSegment,
  type OpenFailure,
  type OpenInput,
  open,
  openOne,
} from "./open.ts";
export { type SealInput, type Segment, seal } from "./seal.ts";
export { type SealPlace, sealContext } from "./seal-context.ts";
export { fromText, toText } from "./text-form.ts";
