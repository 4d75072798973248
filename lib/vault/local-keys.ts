import type { KeySource } from "#delivery";
import {
  derive,
  type KeyedStream,
  type KeyRing,
  type KeyScope,
  keyedToken,
  keyName,
  NAME_BYTES,
  type OpeningKeys,
  type Person,
  scopeParts,
  writeName,
} from "#keys";

export interface LocalKeysOptions {
  /** 32 random bytes that everything is derived from. */
  readonly secret: Uint8Array;
}

/** Keys of one root secret: all derived from it, so that the same secret gives the same ids and opens every seal. */
export interface LocalKeys extends KeySource {
  /** Public name of the keys of a processor and generation. */
  keyName(stream: KeyedStream): string;
  /** The keys of one batch, at once. */
  ring(): KeyRing;
  /** Keys that open what was sealed for a processor and generation. */
  opening(stream: KeyedStream): OpeningKeys;
}

/** Local pseudonyms are never re-keyed: that takes a vault. */
const EPOCH = 1;

type Derive = (scope: KeyScope) => Uint8Array;

/** Makes the keys of a secret. There is no vault behind them: nobody is ever fenced. */
export function createLocalKeys({ secret }: LocalKeysOptions): LocalKeys {
  const deriveFrom: Derive = (scope) => derive(secret, scope);
  const nameOf = (stream: KeyedStream) => keyName(secret, stream);
  const ring = () => openRing(remember(deriveFrom));
  return {
    keyName: nameOf,
    ring,
    open: async () => ring(),
    opening: ({ processor, generation }) => ({
      keyId: nameOf({ processor, generation }),
      key: deriveFrom({ purpose: "seal of a processor", processor, generation }),
      tenantKey: (tenant) => deriveFrom({ purpose: "seal of a tenant", processor, generation, tenant }),
      personKey: (tenant, person) => deriveFrom({ purpose: "seal of a person", processor, generation, tenant, person }),
    }),
  };
}

/** One batch's keys, each derived once. */
function openRing(deriveOnce: Derive): KeyRing {
  return {
    keyOf: deriveOnce,
    pseudonym: (scope) => ({ epoch: EPOCH, key: deriveOnce({ purpose: "pseudonym", ...scope, epoch: EPOCH }) }),
    sealing({ processor, generation }, tenant, people) {
      const stream = { processor, generation };
      return {
        keyId: writeName(deriveOnce({ purpose: "key name", ...stream })),
        key: deriveOnce({ purpose: "seal of a processor", ...stream }),
        tenant,
        tenantKey: deriveOnce({ purpose: "seal of a tenant", ...stream, tenant }),
        people: people.map((person) => ownerKey(person, stream, deriveOnce)),
      };
    },
    isFenced: () => false,
  };
}

function ownerKey({ tenant, id }: Person, stream: KeyedStream, deriveOnce: Derive) {
  const token = keyedToken(deriveOnce({ purpose: "person", ...stream, tenant }), [id]);
  const locator = Buffer.from(token, "base64url").subarray(0, NAME_BYTES).toString("base64url");
  return { locator, key: deriveOnce({ purpose: "seal of a person", ...stream, tenant, person: locator }) };
}

function remember(deriveFrom: Derive): Derive {
  const derived = new Map<string, Uint8Array>();
  return (scope) => {
    const name = JSON.stringify(scopeParts(scope));
    const key = derived.get(name) ?? deriveFrom(scope);
    derived.set(name, key);
    return key;
  };
}
