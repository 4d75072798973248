import type { FieldRule } from "./rules.ts";

/** A `.proto` file of the pack, before it is written. */
export interface ProtoFile {
  /** Name below `policies/auth0/logs/v1`, with `.proto`. */
  readonly name: string;
  /** What the file is about, one sentence. */
  readonly summary: string;
  readonly messages: readonly ProtoMessage[];
}

export interface ProtoMessage {
  readonly name: string;
  readonly comment?: string;
  /** Of a root message: the log types it is the schema of, with what each means. */
  readonly types?: Readonly<Record<string, string>>;
  /** Of a root message: the people its events are about. */
  readonly subjects?: readonly { readonly role: string; readonly path: string }[];
  /** Objects that only this message has. */
  readonly nested: readonly ProtoMessage[];
  readonly fields: readonly ProtoField[];
  /** Fields that wait for a review, as comments. */
  readonly waiting: readonly string[];
}

export interface ProtoField {
  /** The key in JSON. */
  readonly key: string;
  /** Field type as it is written, `repeated` included. */
  readonly type: string;
  readonly comment?: string;
  /** What decides its class; absent for objects, whose fields have their own. */
  readonly rule?: FieldRule;
  /** Further JSON types it may have. */
  readonly alsoAccepts: readonly ("NUMBER" | "BOOLEAN")[];
}
