import { isObject } from "#json";
import type { JsonSchema, SchemaSet } from "./json-schema.ts";
import { type SharedSchemas, shareSchemas, unshareSchemas } from "./share-schemas.ts";

/**
 * Writes schemas with one type, or one part that several have, per line.
 *
 * Only the keywords of {@link JsonSchema} are kept. The same schemas always give the same bytes.
 */
export function writeSchemaFile(schemas: SchemaSet): string {
  const reduced = new Map([...schemas].map(([type, schema]) => [type, reduce(schema)]));
  const { shared, types } = shareSchemas(reduced);
  return `{\n"shared": ${writeLines(shared)},\n"types": ${writeLines(types)}\n}\n`;
}

/** Reads what `writeSchemaFile` wrote. */
export function readSchemaFile(text: string): SchemaSet {
  return unshareSchemas(JSON.parse(text) as SharedSchemas);
}

function writeLines(members: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(members).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{\n${lines.join(",\n")}\n}`;
}

/**
 * Takes the schemas out of an official file: a log type's schema (its `type` property names the type), or the Event
 * Stream catalogue (`components.schemas`). Any other file holds none.
 */
export function readOfficialFile(json: unknown): OfficialSchemas {
  if (!isObject(json)) return {};
  const catalogue = isObject(json["components"]) ? json["components"]["schemas"] : undefined;
  if (isObject(catalogue)) return { events: new Map(Object.entries(catalogue).map(([type, s]) => [type, reduce(s)])) };
  const type = logTypeOf(json);
  return type === undefined ? {} : { logs: new Map([[type, reduce(json)]]) };
}

/** Official schemas by feed; a feed of which nothing was found is absent. */
export interface OfficialSchemas {
  readonly logs?: SchemaSet;
  readonly events?: SchemaSet;
}

/** Keywords by what their value holds. */
const PLAIN = new Set([
  "type", "description", "required", "const", "enum", "format", "pattern", "minLength", "maxLength",
]); // biome-ignore format: one table
const ONE = new Set(["items", "additionalProperties"]);
const LISTS = new Set(["allOf", "anyOf", "oneOf"]);

function reduce(schema: unknown): JsonSchema {
  if (!isObject(schema)) return {};
  const kept = Object.entries(schema).flatMap(([keyword, value]) => {
    const reduced = reduceKeyword(keyword, value);
    return reduced === undefined ? [] : [[keyword, reduced] as const];
  });
  return Object.fromEntries(kept);
}

function reduceKeyword(keyword: string, value: unknown): unknown {
  if (PLAIN.has(keyword)) return value;
  if (ONE.has(keyword)) return typeof value === "boolean" ? value : reduce(value);
  if (LISTS.has(keyword) && Array.isArray(value)) return value.map(reduce);
  if (keyword !== "properties" || !isObject(value)) return undefined;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, reduce(field)]));
}

function logTypeOf(json: Readonly<Record<string, unknown>>): string | undefined {
  const properties = json["properties"];
  const type = isObject(properties) ? properties["type"] : undefined;
  return isObject(type) && typeof type["const"] === "string" ? type["const"] : undefined;
}
