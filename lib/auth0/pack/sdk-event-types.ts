import type { JsonSchema, SchemaSet } from "./json-schema.ts";

/**
 * Shapes of the Event Stream types that Auth0's catalogue leaves out.
 *
 * Source: the types `EventStreamCloudEvent…` of the npm package auth0@7.1.0 (2026-08).
 */
const OBJECTS: Readonly<Record<string, JsonSchema>> = {
  "group.role.assigned": object({ group: group(), role: role("id", "name"), created_at: time() }),
  "group.role.deleted": object({ group: group(), role: role("id"), deleted_at: time() }),
  "organization.group.role.assigned": object({
    organization: object({ id: id("org") }),
    role: role("id", "name"),
    group: group(),
    created_at: time(),
  }),
  "organization.group.role.deleted": object({
    organization: object({ id: id("org") }),
    role: role("id"),
    group: group(),
    deleted_at: time(),
  }),
  "connection.created": connection(),
  "connection.updated": connection(),
  "connection.deleted": connection(),
};

/** Adds the schemas of the types that the catalogue leaves out; a catalogue that has them wins. */
export function addSdkTypes(events: SchemaSet): SchemaSet {
  const like = events.get("group.created");
  if (like === undefined) return events;
  return new Map([
    ...Object.entries(OBJECTS).map(([type, shape]) => [type, withObject(like, { type, shape })] as const),
    ...events,
  ]);
}

/** A CloudEvent is the same for all types but for its type and its object. */
function withObject(event: JsonSchema, { type, shape }: { type: string; shape: JsonSchema }): JsonSchema {
  const { description: _, ...rest } = event;
  const data = event.properties?.["data"] ?? {};
  const properties = { ...data.properties, object: shape, previous_object: shape };
  return {
    ...rest,
    properties: { ...event.properties, type: { type: "string", const: type }, data: { ...data, properties } },
  };
}

function connection(): JsonSchema {
  const required = { id: id("con"), name: text(), strategy: strategy() };
  const optional = {
    display_name: text(),
    enabled_clients: { type: "array", items: text() },
    is_domain_connection: flag(),
    metadata: { type: "object", additionalProperties: text() },
    realms: { type: "array", items: text() },
    authentication: object({ active: flag() }),
    connected_accounts: object({ active: flag() }, { cross_app_access: flag() }),
    options: { type: "object" },
    show_as_button: flag(),
  } as const;
  return object(required, optional);
}

function strategy(): JsonSchema {
  return { enum: ["oidc", "okta", "samlp", "pingfederate", "adfs", "ad", "google-apps", "waad"], type: "string" };
}

function group(): JsonSchema {
  const of = (type: string, owner: Readonly<Record<string, JsonSchema>>) =>
    object({ id: id("grp"), type: { type: "string", const: type }, ...owner }, { external_id: text() });
  return {
    oneOf: [
      of("connection", { connection_id: id("con") }),
      of("organization", { organization_id: id("org") }),
      of("tenant", {}),
    ],
  };
}

function role(...names: readonly string[]): JsonSchema {
  return object(Object.fromEntries(names.map((name) => [name, name === "id" ? id("rol") : text()])));
}

function object(
  required: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  return { type: "object", properties: { ...required, ...optional }, required: Object.keys(required) };
}

/** Groups have ids in base 58, everything else in letters and digits. */
function id(prefix: string): JsonSchema {
  const characters = prefix === "grp" ? "[1-9a-km-zA-HJ-NP-Z]" : "[a-zA-Z0-9]";
  return { type: "string", pattern: `${prefix}_${characters}{16}` };
}

function time(): JsonSchema {
  return { type: "string", format: "date-time" };
}

function text(): JsonSchema {
  return { type: "string" };
}

function flag(): JsonSchema {
  return { type: "boolean" };
}
