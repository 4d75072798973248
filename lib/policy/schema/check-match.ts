import type { Breach } from "../breach.ts";
import type { EntityDecl } from "../source/declarations.ts";
import type { RootDecl, Schema } from "./schema.ts";

/** Checks that a root schema says which events it describes, and which of them begin and end an entity. */
export function checkMatch(root: RootDecl): readonly Breach[] {
  const { match } = root;
  const faults = match.feed === "CUSTOM" ? customFaults(root) : feedFaults(root);
  const breaches = faults.map((message): Breach => ({ code: "POLICY_MATCH", place: match.place, message }));
  return [...breaches, ...checkEntityTypes(root), ...checkGenerated(root)];
}

function customFaults({ match }: RootDecl): readonly string[] {
  const { source, detailType, types, base } = match;
  return [
    ...(source === undefined ? ["expected the EventBridge source of a CUSTOM schema, got none"] : []),
    ...(detailType === undefined ? ["expected the EventBridge detail_type of a CUSTOM schema, got none"] : []),
    ...(types.length > 0 ? ["expected detail_type instead of types for a CUSTOM schema, got types"] : []),
    ...(base ? ["expected a source and a detail_type for a CUSTOM schema, got base"] : []),
  ];
}

function feedFaults({ match }: RootDecl): readonly string[] {
  const { feed, types, base, source, detailType } = match;
  const twins = types.filter((type, index) => types.indexOf(type) < index);
  return [
    ...(feed === undefined ? ["expected a feed in match, got none"] : []),
    ...(types.length === 0 && !base ? ["expected types or base in match, got neither"] : []),
    ...types.filter((type) => !isExact(type)).map((type) => `expected exact event types in match, got ${quote(type)}`),
    ...twins.map((type) => `expected each type once in match, got ${type} twice`),
    ...(source !== undefined || detailType !== undefined
      ? ["expected source and detail_type for the CUSTOM feed only, got them for another"]
      : []),
  ];
}

function isExact(type: string): boolean {
  return type !== "" && !type.includes("*");
}

function quote(type: string): string {
  return type === "" ? "an empty one" : type;
}

function checkEntityTypes({ entity, match }: RootDecl): readonly Breach[] {
  if (entity === undefined) return [];
  const { createdBy, deletedBy, place } = entity;
  const types = match.feed === "CUSTOM" ? [match.detailType] : match.types;
  const unknown = match.base ? [] : [...createdBy, ...deletedBy].filter((type) => !types.includes(type));
  const both = createdBy.filter((type) => deletedBy.includes(type));
  const endsOnly = !match.base && types.every((type) => type !== undefined && deletedBy.includes(type));
  const messages = [
    ...lifeFaults(entity, endsOnly),
    ...unknown.map((type) => `expected types of the schema in created_by and deleted_by, got ${type}`),
    ...both.map((type) => `expected a type to begin or to end an entity, got ${type} for both`),
  ];
  return messages.map((message) => ({ code: "POLICY_MATCH", place, message }));
}

/** Only what ends an entity can do without its birth: it ends every life until its time. */
function lifeFaults({ birth, neverReturns }: EntityDecl, endsOnly: boolean): readonly string[] {
  if (birth !== undefined && neverReturns) return ["expected birth or never_returns of an entity, got both"];
  if (birth !== undefined || neverReturns || endsOnly) return [];
  return ["expected the path of the entity's time of birth in birth, or never_returns: true, got neither"];
}

/** Generated and picked values belong to output messages. */
function checkGenerated({ fields }: RootDecl): readonly Breach[] {
  return fields
    .filter(({ enrich, source, searchAsYouType }) => enrich !== undefined || source !== undefined || searchAsYouType)
    .map(({ place }) => ({
      code: "POLICY_OUTPUT",
      place,
      message:
        "expected source, enrich and search_as_you_type in an output message only, got one in a schema of events",
    }));
}

/** Finds schemas that take the same events: each type has one schema, each feed at most one base schema. */
export function checkOverlaps(schemas: readonly Schema[]): readonly Breach[] {
  const owners = new Map<string, Schema>();
  return schemas.flatMap((schema) =>
    claimsOf(schema).flatMap(({ key, words }): readonly Breach[] => {
      const owner = owners.get(key) ?? schema;
      owners.set(key, owner);
      if (owner === schema) return [];
      const { file, line } = owner.place;
      const message = `expected one schema for ${words}, got ${schema.name} beside ${owner.name} of ${file}:${line}`;
      return [{ code: "POLICY_MATCH", place: schema.place, message }];
    }),
  );
}

function claimsOf({ feed, types, base, custom }: Schema): readonly { readonly key: string; readonly words: string }[] {
  const claims = types.map((type) => ({
    key: JSON.stringify([feed, custom?.source, type]),
    words: custom === undefined ? `${type} of ${feed}` : `${type} of ${custom.source}`,
  }));
  return base ? [...claims, { key: JSON.stringify([feed]), words: `the other types of ${feed}` }] : claims;
}
