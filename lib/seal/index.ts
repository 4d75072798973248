export { encodeContext } from "./context.ts";
export {
  type HeaderFailure,
  KEY_BYTES,
  NONCE_BYTES,
  type ParsedHeader,
  parseHeader,
  type SealHeader,
} from "./header.ts";
export { type DeriveInput, deriveKey, deriveSealKey, keyedToken } from "./keys.ts";
export { type Opened, type OpenFailure, type OpenInput, open, type SealInput, seal } from "./seal.ts";
export { fromText, toText } from "./text-form.ts";
