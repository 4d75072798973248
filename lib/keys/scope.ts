/** Everything that a key may be one of. */
export interface KeyParts {
  readonly processor: string;
  readonly generation: string;
  /** "" where the event names none. */
  readonly tenant: string;
  /** The kind of the field (`EMAIL`). */
  readonly kind: string;
  /** Who shares tokens: a processor with nobody, a join group among its members. */
  readonly owner: KeyOwner;
  /** Grows when pseudonyms are re-keyed. */
  readonly epoch: number;
  /** Locator of a person: itself a token of the processor, generation and tenant. */
  readonly person: string;
}

/** A processor and a join group of one name are two owners. */
export type KeyOwner = { readonly processor: string } | { readonly joinGroup: string };

/** Parts of whatever leaves with the records of one processor. */
const OF_STREAM = ["processor", "generation", "tenant"] as const;

/**
 * Every purpose of a key, what it is for, and the parts that it has to name: two keys of different parts share nothing.
 *
 * The last four leave nowhere with a consumer's records: they are one for all processors of a Space.
 */
export const PURPOSES = {
  delivery: { parts: OF_STREAM, makes: "delivery ids" },
  entity: { parts: OF_STREAM, makes: "entity keys, and with them document ids and queue groups" },
  tie: { parts: OF_STREAM, makes: "the order of two states of one time" },
  "event sample": { parts: OF_STREAM, makes: "which events a sample takes" },
  "subject sample": { parts: OF_STREAM, makes: "which people a sample takes" },
  pseudonym: { parts: ["owner", "tenant", "kind", "epoch"], makes: "tokens in payloads" },
  person: { parts: OF_STREAM, makes: "what stands for a person inside a seal" },
  "seal of a person": { parts: [...OF_STREAM, "person"], makes: "seals of what is about one person" },
  "seal of a tenant": { parts: OF_STREAM, makes: "seals of what is about nobody" },
  "seal of a processor": { parts: ["processor", "generation"], makes: "seals of who a seal is about" },
  "key name": { parts: ["processor", "generation"], makes: "the public name of a processor's keys" },
  ledger: { parts: ["tenant"], makes: "ids under which events are remembered" },
  quarantine: { parts: ["tenant"], makes: "ids of records in quarantine" },
  name: { parts: [], makes: "digests of names that reports must not show" },
} as const satisfies Readonly<Record<string, { readonly parts: readonly (keyof KeyParts)[]; readonly makes: string }>>;

export type Purpose = keyof typeof PURPOSES;

type PartsOf<P extends Purpose> = Pick<KeyParts, (typeof PURPOSES)[P]["parts"][number]>;

/** What a key is for and of: nothing that its purpose asks for can be left out. */
export type KeyScope<P extends Purpose = Purpose> = {
  readonly [Each in P]: { readonly purpose: Each } & PartsOf<Each>;
}[P];

/** Writes a scope as strings, in the order of the table, so that no two scopes give the same list. */
export function scopeParts(scope: KeyScope): readonly string[] {
  const parts: Partial<KeyParts> & { readonly purpose: Purpose } = scope;
  return [scope.purpose, ...PURPOSES[scope.purpose].parts.flatMap((name) => textsOf(parts[name], name))];
}

function textsOf(part: KeyParts[keyof KeyParts] | undefined, name: string): readonly string[] {
  if (part === undefined) throw new RangeError(`expected the ${name} that a key is for, got none`);
  if (typeof part !== "object") return [String(part)];
  return "processor" in part ? ["processor", part.processor] : ["join group", part.joinGroup];
}
