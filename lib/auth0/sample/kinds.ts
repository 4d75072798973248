import type { Kind } from "#plan";
import { classify } from "../pack/classify.ts";
import { FAMILIES } from "../pack/families.ts";
import type { JsonSchema } from "../pack/json-schema.ts";
import { propose } from "../pack/propose.ts";
import { readTree } from "../pack/tree.ts";
import type { Carried } from "./carriers.ts";

/** Tells what a place of an event type holds. */
export type KindOf = (path: string, schema: JsonSchema) => Kind;

/** Creates what tells kinds, and remembers them: a sample asks for the same places over and over. */
export function createKinds(): (feed: Carried["feed"], type: string) => KindOf {
  const known = new Map<string, Kind>();
  return (feed, type) => (path, schema) => {
    const key = `${type} ${path}`;
    const kind = known.get(key) ?? (feed === "logs" ? logKind : eventKind)(type, { path, schema });
    known.set(key, kind);
    return kind;
  };
}

interface Asked {
  readonly path: string;
  readonly schema: JsonSchema;
}

/** Log fields are what the rules say. */
function logKind(type: string, { path, schema }: Asked): Kind {
  const messages = FAMILIES.flatMap((family) => family.messages);
  const message = messages.find(({ types }) => Object.hasOwn(types, type))?.name ?? "";
  const place = { path, tree: readTree(schema) };
  return (classify(place, message) ?? propose(place)).kind;
}

/** Fields of events whose name alone does not tell what they hold. */
const EVENT_KINDS: readonly (readonly [path: RegExp, kind: Kind])[] = [
  [/(organization|connection|client|role|group)\.name$/, "OBJECT_NAME"],
  [/(connection|display_name|realms\[\])$/, "OBJECT_NAME"],
  [/enabled_clients\[\]$/, "OBJECT_ID"],
  [/(hostname|custom_domain)$/, "URL"],
  [/(tenant\.id|a0tenant)$/, "TENANT"],
  [/(method|multifactor\[\]|strategy|colors\.\w+)$/, "CODE"],
];

function eventKind(type: string, { path, schema }: Asked): Kind {
  const isThing = !type.startsWith("user.") && /^data\.(previous_)?object\.name$/.test(path);
  const known = EVENT_KINDS.find(([pattern]) => pattern.test(path))?.[1];
  return isThing ? "OBJECT_NAME" : (known ?? propose({ path, tree: readTree(schema) }).kind);
}
