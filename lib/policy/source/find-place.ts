import type { FeedName } from "#plan";
import type { Descriptors } from "../build.ts";
import type { FieldDecl, MessageDecl, PolicySource } from "./declarations.ts";
import { readSource } from "./read-source.ts";

/** Finds where the places of events are declared. */
export interface Declarations {
  /**
   * Finds what declares a place of events of a type: `data.object.identities[].user_id`.
   *
   * Undefined where no schema takes the type, or nothing around the place is a message.
   */
  find(event: EventType, path: string): DeclaredPlace | undefined;
}

export interface EventType {
  readonly feed: FeedName;
  /** Of a custom event its detail-type. */
  readonly type: string;
}

export interface DeclaredPlace {
  /** Full name of the root message. */
  readonly schema: string;
  /** The message whose field it is, or would be. */
  readonly message: MessageDecl;
  /** Absent where no field of the message has the name. */
  readonly field?: FieldDecl;
}

/** Reads where the fields of every schema are declared. */
export function readDeclarations(descriptors: Descriptors): Declarations {
  const { messages } = readSource(descriptors);
  return {
    find(event, path) {
      const root = findRoot(event, messages);
      const found = root && follow(root, path.replaceAll(/\[\]|\{\}/g, "").split("."), messages);
      return found && { schema: root.name, ...found };
    },
  };
}

function findRoot({ feed, type }: EventType, messages: PolicySource["messages"]): MessageDecl | undefined {
  const ofFeed = [...messages.values()].filter(({ match }) => match?.feed === feed);
  const named = ofFeed.filter(({ match }) => match?.types.includes(type) || match?.detailType === type);
  return named.length > 1 ? undefined : (named[0] ?? ofFeed.find(({ match }) => match?.base));
}

function follow(
  message: MessageDecl,
  [name, ...rest]: readonly string[],
  messages: PolicySource["messages"],
): Omit<DeclaredPlace, "schema"> | undefined {
  const field = message.fields.find(({ wireName }) => wireName === name);
  if (rest.length === 0) return { message, ...(field && { field }) };
  const inner = field?.type.type === "message" ? messages.get(field.type.name) : undefined;
  return inner && follow(inner, rest, messages);
}
