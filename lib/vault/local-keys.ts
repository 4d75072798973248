import type { BatchKeys, KeySource } from "#delivery";
import type { Subject } from "#feeds";
import { deriveKey, deriveSealKey, keyedToken, type SealHeader } from "#seal";

export interface LocalKeysOptions {
  /** 32 random bytes that everything is derived from. */
  readonly secret: Uint8Array;
  readonly random: (length: number) => Uint8Array;
}

/** Keys of one machine: all derived from one secret, so that the same secret gives the same ids and opens every seal. */
export interface LocalKeys extends KeySource {
  /** Public name of the secret: tells whether two runs had the same one, and nothing else. */
  readonly name: string;
  /** Finds the AES key of an envelope that was sealed under these keys; undefined for others. */
  findKey(header: Pick<SealHeader, "keyId" | "salt">): Uint8Array | undefined;
}

/** Local pseudonyms are never re-keyed: that takes a vault. */
const EPOCH = 1;
const SALT_BYTES = 16;
/** Characters of the secret's name: 48 bits. */
const NAME_LENGTH = 8;

type Derive = (...purpose: readonly string[]) => Uint8Array;

/** Makes the keys of a secret. There is no vault behind them: nobody is ever fenced. */
export function createLocalKeys({ secret, random }: LocalKeysOptions): LocalKeys {
  const derive: Derive = (...purpose) =>
    deriveKey({ key: secret, salt: new Uint8Array(), purpose: ["event-shield", "local keys", ...purpose] });
  const name = keyedToken(derive("name"), ["name"]).slice(0, NAME_LENGTH);
  return {
    name,
    open: async () => openBatch(name, derive, random(SALT_BYTES)),
    findKey({ keyId, salt }) {
      if (!keyId.startsWith(`${name}:`)) return undefined;
      return deriveSealKey({ keyId, key: derive("seal", keyId), salt });
    },
  };
}

/** One batch's keys, each derived once; `salt` makes its sealing keys differ from those of other batches. */
function openBatch(name: string, derive: Derive, salt: Uint8Array): BatchKeys {
  const deriveOnce = remember(derive);
  const sealKeyOnce = remember((keyId) => deriveSealKey({ keyId, key: derive("seal", keyId), salt }));
  return {
    transport: (processor, generation) => deriveOnce("transport", processor, generation),
    pseudonym: ({ scope, kind, tenant }) => ({
      epoch: EPOCH,
      key: deriveOnce("pseudonym", scope, kind, tenant, String(EPOCH)),
    }),
    seal(processor, subject) {
      const keyId =
        subject === undefined ? `${name}:${processor}` : `${name}:${processor}:${personOf(subject, deriveOnce)}`;
      return { keyId, key: sealKeyOnce(keyId), salt };
    },
    ledger: () => deriveOnce("ledger"),
    isFenced: () => false,
  };
}

/** What stands for a person in key ids. */
function personOf({ id }: Subject, derive: Derive): string {
  return keyedToken(derive("person"), ["person", id]);
}

function remember(derive: Derive): Derive {
  const derived = new Map<string, Uint8Array>();
  return (...purpose) => {
    const name = JSON.stringify(purpose);
    const key = derived.get(name) ?? derive(...purpose);
    derived.set(name, key);
    return key;
  };
}
