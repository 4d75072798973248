import type { Envelope, Subject } from "#feeds";
import { encodeContext, type KeyRing, type KeyScope, keyedToken } from "#keys";
import type { Path, Plan } from "#plan";

/**
 * What an event is, wherever and however often it arrives: feed, tenant, source and the feed's own id.
 *
 * The bytes are personal data: they key the ledger (hashed) and leave nowhere.
 */
export function sourceIdentity(event: Envelope): Uint8Array {
  return encodeContext(identityParts(event));
}

/** The plan, tenant and keys that tokens of an event are made under. */
export interface TokenMaker {
  readonly plan: Pick<Plan, "processor" | "generation">;
  readonly keys: Pick<KeyRing, "keyOf">;
}

/** Keyed id of the event's delivery: 43 characters of base64url. */
export function deliveryId(event: Envelope, maker: TokenMaker): string {
  return keyedToken(keyFor("delivery", event, maker), identityParts(event));
}

/** What names an entity: its id is unique per feed, tenant, source and place in the event. */
export interface EntityName extends Pick<Envelope, "feed" | "tenant" | "source"> {
  /** Ids that together name it, and where each stands; canonical, where it is a person's. */
  readonly ids: readonly EntityId[];
}

export interface EntityId {
  readonly id: string;
  readonly path: Path;
}

/** Keyed id of an entity: 43 characters of base64url. Erasure makes the same one to find an erased person's documents. */
export function entityKey(entity: EntityName, maker: TokenMaker): string {
  const { feed, source = "", ids } = entity;
  const names = ids.flatMap(({ id, path }) => [id, path.join(".")]);
  return keyedToken(keyFor("entity", entity, maker), [feed, source, ...names]);
}

/** A number in [0, 1) that is the same for the same event on every replay. */
export function eventFraction(event: Envelope, maker: TokenMaker): number {
  return fraction(keyedToken(keyFor("event sample", event, maker), identityParts(event)));
}

/** A number in [0, 1) that is the same for the same person of a tenant in every event of every feed. */
export function subjectFraction(subject: Subject, maker: TokenMaker): number {
  return fraction(keyedToken(keyFor("subject sample", subject, maker), [subject.id]));
}

/** 132 keyed bits of the source identity, 22 characters: they order events of one moment, for every processor differently. */
export function tieOf(event: Envelope, maker: TokenMaker): string {
  return keyedToken(keyFor("tie", event, maker), identityParts(event)).slice(0, TIE_LENGTH);
}

const TIE_LENGTH = 22;

type OfStream = "delivery" | "entity" | "event sample" | "subject sample" | "tie";

function keyFor(purpose: OfStream, of: { readonly tenant?: string }, { plan, keys }: TokenMaker): Uint8Array {
  const { processor, generation } = plan;
  const scope: KeyScope<OfStream> = { purpose, processor, generation, tenant: of.tenant ?? "" };
  return keys.keyOf(scope);
}

function identityParts({ feed, tenant, source, sourceId }: Envelope): readonly string[] {
  return [feed, tenant ?? "", source ?? "", sourceId];
}

function fraction(token: string): number {
  return Buffer.from(token, "base64url").readUIntBE(0, 6) / 2 ** 48;
}
