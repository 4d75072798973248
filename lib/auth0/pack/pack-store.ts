import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigError } from "#errors";
import type { Pending } from "./review.ts";
import { type OfficialSchemas, readOfficialFile, readSchemaFile } from "./schema-file.ts";
import { type Pack, type PackFeed, REVIEW_FILE, SCHEMA_FILES, type Update } from "./update.ts";

/**
 * Reads the pack below a folder `policies/auth0`.
 *
 * @throws {ConfigError} when the folder holds no pack
 */
export function readPack(folder: string): Pack {
  const files = new Map(
    [...listFiles(folder, "schemas"), ...listFiles(folder, "logs")]
      .filter((name) => /\.(proto|json|md)$/.test(name))
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
  const text = (name: string): string => {
    const found = files.get(name);
    if (found !== undefined) return found;
    throw new ConfigError(
      `expected the Auth0 pack in ${folder}, got no ${name}: name a folder that holds the whole pack`,
    );
  };
  return {
    schemas: { logs: readSchemaFile(text(SCHEMA_FILES.logs)), events: readSchemaFile(text(SCHEMA_FILES.events)) },
    pending: JSON.parse(text(REVIEW_FILE)) as Record<PackFeed, readonly Pending[]>,
    files,
  };
}

/**
 * Reads the official schemas below a folder: copies of auth0/auth0-log-schemas and of the Event Stream catalogue.
 *
 * @throws {ConfigError} when the folder does not exist, a file is not JSON, or there are no schemas
 */
export function readOfficialSchemas(folder: string): OfficialSchemas {
  if (!isFolder(folder)) throw new ConfigError(`expected a folder with Auth0's schemas, got ${folder}: name one`);
  const found = listFiles(folder, "")
    .filter((name) => name.endsWith(".json"))
    .map((name) => readOfficialFile(parseFile(join(folder, name))));
  const logs = found.flatMap((schemas) => [...(schemas.logs ?? [])]);
  const events = found.flatMap((schemas) => [...(schemas.events ?? [])]);
  if (logs.length + events.length === 0)
    throw new ConfigError(`expected Auth0's schemas in ${folder}, got none: name a copy of auth0/auth0-log-schemas`);
  return {
    ...(logs.length === 0 ? {} : { logs: new Map(logs) }),
    ...(events.length === 0 ? {} : { events: new Map(events) }),
  };
}

/** Writes what an update changes. */
export function writeUpdate(folder: string, { changes }: Update): void {
  for (const [name, text] of changes) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
}

function listFiles(folder: string, below: string): readonly string[] {
  const start = join(folder, below);
  if (!isFolder(start)) return [];
  const entries = readdirSync(start, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^\//, ""))
    .sort();
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new ConfigError(`expected JSON in ${path}, got something else: mend or remove the file`, { cause });
  }
}
