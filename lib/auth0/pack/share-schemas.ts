import { createHash } from "node:crypto";
import { isObject } from "#json";
import type { JsonSchema, SchemaSet } from "./json-schema.ts";

/** Schemas whose repeated parts are written once: `{"$ref": "user_id"}` stands for `shared["user_id"]`. */
export interface SharedSchemas {
  readonly shared: Readonly<Record<string, unknown>>;
  readonly types: Readonly<Record<string, unknown>>;
}

/** Shorter parts are not worth a reference. */
const MIN_LENGTH = 60;

/**
 * Writes each part that occurs more than once only once, named after the field it describes.
 *
 * Of several parts under one name the most frequent has it, so that a new one changes no other. The same schemas, in
 * whatever order of types, give the same result.
 */
export function shareSchemas(schemas: SchemaSet): SharedSchemas {
  const types = [...schemas].sort(([a], [b]) => (a < b ? -1 : 1));
  const names = nameParts(countParts(types.map(([, schema]) => schema)));
  const refer = (part: unknown): unknown => {
    const name = isObject(part) ? names.get(JSON.stringify(part)) : undefined;
    return name === undefined ? mapParts(part, refer) : { $ref: name };
  };
  const byName = [...names].sort(([, a], [, b]) => (a < b ? -1 : 1));
  return {
    shared: Object.fromEntries(byName.map(([text, name]) => [name, mapParts(JSON.parse(text), refer)])),
    types: Object.fromEntries(types.map(([type, schema]) => [type, mapParts(schema, refer)])),
  };
}

/** Puts every part back in its place. */
export function unshareSchemas({ shared, types }: SharedSchemas): SchemaSet {
  const resolve = (part: unknown): unknown => {
    const name = isObject(part) ? part["$ref"] : undefined;
    return mapParts(typeof name === "string" ? shared[name] : part, resolve);
  };
  return new Map(Object.entries(types).map(([type, schema]) => [type, resolve(schema) as JsonSchema]));
}

interface Part {
  readonly key: string;
  count: number;
}

function countParts(schemas: readonly JsonSchema[]): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  const visit = (part: unknown, key: string): void => {
    if (Array.isArray(part)) for (const item of part) visit(item, key);
    if (!isObject(part)) return;
    const text = JSON.stringify(part);
    const known = parts.get(text) ?? { key, count: 0 };
    parts.set(text, known);
    known.count++;
    for (const [keyword, inner] of Object.entries(part)) visitInner(keyword, inner, { key, visit });
  };
  for (const schema of schemas) {
    for (const [keyword, inner] of Object.entries(schema)) visitInner(keyword, inner, { key: keyword, visit });
  }
  return parts;
}

interface Visit {
  readonly key: string;
  visit(part: unknown, key: string): void;
}

/** Fields are named by themselves, everything else by the field it belongs to. */
function visitInner(keyword: string, inner: unknown, { key, visit }: Visit): void {
  if (keyword !== "properties" || !isObject(inner)) visit(inner, key);
  else for (const [name, field] of Object.entries(inner)) visit(field, name);
}

function nameParts(parts: ReadonlyMap<string, Part>): ReadonlyMap<string, string> {
  const repeated = [...parts].filter(([text, { count }]) => count > 1 && text.length >= MIN_LENGTH);
  const ranked = repeated.sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
  const taken = new Set<string>();
  return new Map(
    ranked.map(([text, { key }]) => {
      const name = taken.has(key) ? `${key}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}` : key;
      taken.add(key);
      return [text, name];
    }),
  );
}

/** Rewrites the parts directly inside of a part. */
function mapParts(part: unknown, map: (inner: unknown) => unknown): unknown {
  if (Array.isArray(part)) return part.map(map);
  if (!isObject(part)) return part;
  return mapMembers(part, (inner, keyword) => (keyword === "properties" ? mapFields(inner, map) : map(inner)));
}

function mapFields(fields: unknown, map: (inner: unknown) => unknown): unknown {
  return isObject(fields) ? mapMembers(fields, map) : fields;
}

function mapMembers(object: object, map: (value: unknown, name: string) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value, name)]));
}
