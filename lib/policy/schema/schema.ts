import type { FeedName, Path } from "#plan";
import type { MessageDecl, SourcePlace, SubjectDecl } from "../source/declarations.ts";
import type { FieldTree, Leaf } from "./tree.ts";

/** A root message: the events it describes, and what they hold. */
export interface Schema {
  /** Full name of the message. */
  readonly name: string;
  readonly place: SourcePlace;
  readonly feed: FeedName;
  /** The exact event types it names; of a custom schema its detail-type. */
  readonly types: readonly string[];
  /** It also takes every type of its feed that no other schema names. */
  readonly base: boolean;
  /** CUSTOM feed only: the EventBridge `source` and `detail-type`. */
  readonly custom?: { readonly source: string; readonly detailType: string };
  readonly tree: FieldTree;
  /** In the order of their declaration. */
  readonly leaves: readonly Leaf[];
  /** Whom its author says that its events name. */
  readonly subjects: readonly SubjectDecl[];
  readonly entity?: Entity;
  /** Paths of the entity's own time; the first present one counts. */
  readonly version?: readonly Path[];
  /** Leaves that an order is made of: birth and own times. */
  readonly times: readonly Leaf[];
}

/** The thing whose latest state the events carry. */
export interface Entity {
  /** Paths of the ids that together name it, and their leaves. */
  readonly paths: readonly Path[];
  readonly leaves: readonly Leaf[];
  /** Path of the time at which its life began. */
  readonly birth?: Path;
  /** Its id never returns. */
  readonly neverReturns: boolean;
  readonly createdBy: readonly string[];
  readonly deletedBy: readonly string[];
  /** Events carry changes, not the whole state. */
  readonly partial: boolean;
}

/** A message with a `match` option. */
export type RootDecl = MessageDecl & Required<Pick<MessageDecl, "match">>;
