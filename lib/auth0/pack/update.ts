import { printClassification } from "./classification-table.ts";
import { compareShapes, type FieldDrift, isUnchanged, type TypeDrift } from "./compare.ts";
import { findDeclared, importPack, listRoots } from "./import-pack.ts";
import type { SchemaSet } from "./json-schema.ts";
import { isGenerated } from "./print-proto.ts";
import { acceptKnown, listPending, listUnknown, type Pending, undoPending } from "./review.ts";
import { type OfficialSchemas, writeSchemaFile } from "./schema-file.ts";
import { readShapes, type TypeTree } from "./tree.ts";

/** The feeds of which Auth0 publishes schemas. */
export type PackFeed = "logs" | "events";

/** The pack as it is: what was taken over from Auth0, what of it waits for a review, and what was made of it. */
export interface Pack {
  readonly schemas: Readonly<Record<PackFeed, SchemaSet>>;
  readonly pending: Readonly<Record<PackFeed, readonly Pending[]>>;
  /** Files of the pack by their path below `policies/auth0`, where they exist. */
  readonly files: ReadonlyMap<string, string>;
}

/** How a feed's official schemas differ from those of the pack. */
export interface FeedDrift extends TypeDrift {
  readonly feed: PackFeed;
  /** Fields of new types that no type had before. */
  readonly unknown: readonly FieldDrift[];
}

/** What an update finds and what it would write. */
export interface Update {
  readonly feeds: readonly FeedDrift[];
  readonly pending: Readonly<Record<PackFeed, readonly Pending[]>>;
  /** Files whose text changes, by their path below `policies/auth0`; undefined where the file goes. */
  readonly changes: ReadonlyMap<string, string | undefined>;
}

export const SCHEMA_FILES: Readonly<Record<PackFeed, string>> = {
  logs: "schemas/log-types.json",
  events: "schemas/event-types.json",
};
export const REVIEW_FILE = "schemas/review.json";
const PROTO_FOLDER = "logs/v1/";

/**
 * Compares official schemas with the pack and works out what the pack becomes by them.
 *
 * Types are taken over at once, with the fields that other types have already; every other difference waits for a
 * review and changes nothing until then. A feed of which no schemas are given stays as it is.
 */
export function planUpdate(pack: Pack, official: OfficialSchemas): Update {
  const logs = updateFeed(pack, { feed: "logs", schemas: official.logs });
  const events = updateFeed(pack, { feed: "events", schemas: official.events });
  const pending = { logs: logs.pending, events: events.pending };
  const protos = [...pack.files].filter(([name]) => name.startsWith(PROTO_FOLDER)).map(([, text]) => text);
  const files = new Map([
    [SCHEMA_FILES.logs, writeSchemaFile(logs.schemas)],
    [SCHEMA_FILES.events, writeSchemaFile(events.schemas)],
    [REVIEW_FILE, `${JSON.stringify(pending, undefined, 2)}\n`],
    ["logs/CLASSIFICATION.md", printClassification({ roots: listRoots(logs), pending: logs.pending })],
    ...[...importPack(logs, protos)].map(([name, text]) => [`${PROTO_FOLDER}${name}`, text] as const),
  ]);
  return { feeds: [logs.drift, events.drift], pending, changes: listChanges(pack.files, files) };
}

function listChanges(before: Pack["files"], after: Pack["files"]): Update["changes"] {
  const changed = [...after].filter(([name, text]) => before.get(name) !== text);
  const gone = [...before].filter(([name, text]) => isGenerated(text) && !after.has(name));
  return new Map([...changed, ...gone.map(([name]) => [name, undefined] as const)]);
}

/** Tells whether the official schemas, and what the pack made of them, are the same as before. */
export function isOutdated({ feeds, changes }: Update): boolean {
  return changes.size > 0 || !feeds.every(isUnchanged);
}

interface FeedUpdate {
  readonly drift: FeedDrift;
  readonly schemas: SchemaSet;
  readonly pending: readonly Pending[];
}

function updateFeed(pack: Pack, { feed, schemas }: { feed: PackFeed; schemas: SchemaSet | undefined }): FeedUpdate {
  const before = readShapes(pack.schemas[feed]);
  const after = schemas === undefined ? before : readShapes(schemas);
  const reviewed = undoPending(before, pack.pending[feed]);
  const drift = compareShapes(before, after);
  const unknown = drift.newTypes.flatMap((type) => listUnknown(reviewed, { type, tree: after.get(type) ?? EMPTY }));
  const accepted =
    feed === "logs"
      ? acceptKnown(reviewed, after, findDeclared({ schemas: pack.schemas.logs, pending: pack.pending.logs }))
      : reviewed;
  return {
    drift: { feed, ...drift, unknown },
    schemas: schemas ?? pack.schemas[feed],
    pending: schemas === undefined ? pack.pending[feed] : listPending(accepted, after),
  };
}

const EMPTY: TypeTree = { kinds: ["object"], fields: new Map() };
