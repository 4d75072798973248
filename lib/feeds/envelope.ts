import type { FeedName, Kind, Role } from "#plan";

/** One event, taken out of whatever carried it. */
export interface Envelope {
  readonly feed: FeedName;
  /** The feed's own id (`evt_…`, `log_id`, EventBridge id of a custom event): stable over redelivery. Leaves nowhere. */
  readonly sourceId: string;
  readonly type: string;
  /** When it happened, in ms since the epoch. */
  readonly timeMs: number;
  /** Whole µs after that millisecond, 0 to 999; absent = 0. */
  readonly timeUs?: number;
  readonly tenant?: string;
  /** Sent by `a0purpose: test`. */
  readonly test: boolean;
  /** Name of the replay that sent it. */
  readonly replay?: string;
  /** CUSTOM feed only: the EventBridge `source`; `type` is its `detail-type`. */
  readonly source?: string;
  readonly subjects: readonly Subject[];
  /** The inner event: UTF-8 JSON text, exactly as received. */
  readonly body: Uint8Array;
}

/** A person the event is about. `id` is canonical: `auth0|X` and `X` are one person of a tenant. Leaves nowhere. */
export interface Subject {
  readonly role: Role;
  /** "" where the event names none. */
  readonly tenant: string;
  readonly id: string;
  /** `id` is no id but an alias, such as an e-mail address: what kind of one. A person is fenced by it, and never has keys under it. */
  readonly alias?: Kind;
}

/** A record that holds no event we can identify; sealed in quarantine under a hash of its bytes. */
export interface Malformed {
  readonly malformed: MalformedCode;
  /** Shape of the place that is wrong, never a value. */
  readonly path?: string;
  readonly body: Uint8Array;
}

export type MalformedCode =
  | "INVALID_UTF8"
  | "INVALID_JSON"
  | "TOO_LARGE"
  | "TOO_DEEP"
  | "TOO_MANY"
  | "DUPLICATE_KEY"
  | "NOT_AN_EVENT"
  | "NO_SOURCE_ID"
  | "NO_TYPE"
  | "NO_TIME";

/** How records come in, and which feeds may come that way; nothing is guessed from an event's shape except in `files`. */
export interface Channel {
  readonly kind: "partner_bus" | "webhook" | "replay" | "files";
  readonly feeds: readonly FeedName[];
  /** Tenants and streams the channel may carry; absent = any (files only). */
  readonly tenants?: readonly string[];
  /** Whose events are those that could name a tenant and do not (files only). */
  readonly unnamedTenant?: string;
  readonly streams?: readonly string[];
}

/** Takes the events out of one record. A webhook body or array holds many; each is counted on its own. */
export type Read = (record: Uint8Array, channel: Channel) => readonly (Envelope | Malformed)[];
