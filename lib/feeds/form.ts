import type { JsonKind } from "#json";
import type { FeedName, Path, Role } from "#plan";
import type { Channel } from "./envelope.ts";

export type ChannelKind = Channel["kind"];

/**
 * One way in which events of a feed are written: plain data, so that any reader can find the same facts in its own pass.
 *
 * Paths start at the record, or at the item of a container. What is read is a string; anything else, and `""`, counts as
 * absent. Of several places the first that can be read counts.
 */
export interface FormFacts {
  readonly name: string;
  readonly feed: FeedName;
  /** The kinds of channel that carry it. */
  readonly channels: readonly ChannelKind[];
  /** All must hold. */
  readonly when: readonly Condition[];
  /** Where the inner event stands; empty = the record is the event. */
  readonly body: Path;
  readonly id: readonly Path[];
  readonly type: Path;
  readonly time: readonly TimePlace[];
  /** Empty where the form cannot name a tenant; then a channel's `tenants` do not apply. */
  readonly tenant: readonly TenantPlace[];
  /** Every place that names the stream; a channel's `streams` must hold one of them. Empty = they do not apply. */
  readonly streams: readonly Path[];
  readonly subjects: readonly SubjectPlace[];
  /** The event is a test when this place holds this text. */
  readonly test?: { readonly path: Path; readonly text: string };
  readonly replay?: Path;
  /** CUSTOM feed only. */
  readonly source?: Path;
}

/** The facts of a form, and what follows from them. */
export interface Form extends FormFacts {
  /** The objects around the inner event, outermost first; none where the record is the event. */
  readonly around: readonly Path[];
  /** Every place the form reads. */
  readonly reads: readonly Path[];
}

/** Holds when a value of the kind, and of the beginning and end, stands at any of the places. */
export interface Condition {
  readonly at: readonly Path[];
  readonly kind: JsonKind;
  readonly prefix?: string;
  readonly notPrefix?: string;
  readonly suffix?: string;
}

/** `LOG_ID`: the time that Auth0 writes into a log id. */
export interface TimePlace {
  readonly path: Path;
  readonly as: "RFC_3339" | "LOG_ID";
}

export interface TenantPlace {
  readonly path: Path;
  /** Its group `tenant` is the tenant; absent = the whole text is. */
  readonly pattern?: RegExp;
}

/** A person the event is about. A number is an id too, as it is written. */
export interface SubjectPlace {
  readonly role: Role;
  /** Another role in events of these types. */
  readonly otherwise?: { readonly role: Role; readonly types: readonly string[] };
  readonly path: Path;
  /** Not a person when this place holds this text. */
  readonly unless?: { readonly path: Path; readonly text: string };
}

/** A value that holds many records: the array at the path. */
export interface Container {
  readonly name: string;
  readonly channels: readonly ChannelKind[];
  readonly items: Path;
}

/** What another service puts around a record: the record is a text inside it. */
export interface Carrier {
  readonly name: string;
  readonly channels: readonly ChannelKind[];
  /** All must hold. */
  readonly when: readonly Condition[];
  readonly text: Path;
  readonly as: CarriedAs;
}

/** `BASE64`: bytes, compressed by gzip where they begin as such data does. */
export type CarriedAs = "TEXT" | "BASE64";

/** What a service says about itself between records: it holds no event, and is no fault. */
export interface Marker {
  readonly name: string;
  readonly channels: readonly ChannelKind[];
  /** All must hold. */
  readonly when: readonly Condition[];
  /** It is no marker when something stands there. */
  readonly without: readonly Path[];
}
