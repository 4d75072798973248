export { encodeContext } from "./context.ts";
export { derive, deriveRoot, KEY_BYTES, keyedToken, keyName, NAME_BYTES, writeName } from "./derive.ts";
export type { LabelledRandom, RandomLabel } from "./random.ts";
export type {
  KeyedStream,
  KeyRing,
  OpeningKeys,
  OwnerKey,
  Person,
  PseudonymScope,
  SealingKeys,
  TokenKey,
  TokenPurpose,
} from "./ring.ts";
export { type KeyOwner, type KeyParts, type KeyScope, PURPOSES, type Purpose, scopeParts } from "./scope.ts";
