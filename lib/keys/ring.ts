import type { KeyScope, Purpose } from "./scope.ts";

/**
 * A person of a tenant, by the canonical id or by an alias. The same id in another tenant is another person. Leaves
 * nowhere.
 */
export interface Person {
  readonly tenant: string;
  readonly id: string;
  /** Kind of the alias that `id` is (`EMAIL`), in its canonical spelling; absent = an id. No key is an alias's. */
  readonly alias?: string;
}

/** One processor's output in one generation. */
export interface KeyedStream {
  readonly processor: string;
  readonly generation: string;
}

/** Purposes whose keys make tokens; keys that seal are handed out together, as {@link SealingKeys}. */
export type TokenPurpose = Exclude<Purpose, "pseudonym" | "person" | "key name" | `seal of ${string}`>;

/** The parts of a pseudonym that its caller knows; the epoch is the ring's. */
export type PseudonymScope = Omit<KeyScope<"pseudonym">, "purpose" | "epoch">;

/** Keys of one batch. Opened for the batch's people and dropped after it. */
export interface KeyRing {
  /** HMAC key of a scope; never rotates within a generation. */
  keyOf(scope: KeyScope<TokenPurpose>): Uint8Array;
  pseudonym(scope: PseudonymScope): TokenKey;
  /** Keys to seal what is about these people of the tenant, or about nobody; `fenced` = one of them is erased. */
  sealing(stream: KeyedStream, tenant: string, people: readonly Person[]): SealingKeys | "fenced";
  /** Tells whether the person is erased: nothing recoverable about it may leave any more. */
  isFenced(person: Person): boolean;
}

/** A key for pseudonyms, with the epoch that is written into the value. */
export interface TokenKey {
  readonly epoch: number;
  readonly key: Uint8Array;
}

/** Keys that seal for one processor. Each is 32 bytes. */
export interface SealingKeys {
  /** Public name of the processor's key: 22 characters of base64url. */
  readonly keyId: string;
  /** The processor's key: seals who the seal is about. */
  readonly key: Uint8Array;
  readonly tenant: string;
  /** Seals what is about nobody. */
  readonly tenantKey: Uint8Array;
  /** Person i is the one that was asked for at i. */
  readonly people: readonly OwnerKey[];
}

/** A person's key for one processor, and what stands for the person inside a seal. */
export interface OwnerKey {
  /** 22 characters of base64url. */
  readonly locator: string;
  readonly key: Uint8Array;
}

/** Keys that open what one processor sealed. */
export interface OpeningKeys extends Pick<SealingKeys, "keyId" | "key"> {
  tenantKey(tenant: string): Uint8Array | undefined;
  /** Undefined when there is none any more: the person is erased. */
  personKey(tenant: string, locator: string): Uint8Array | undefined;
}
