import type { Proposal, ValueKind } from "#auth0";
import type { JsonKind } from "#json";
import type { Declarations, DeclaredPlace } from "#policy";
import { classifyField, isOpenValue } from "./classify-field.ts";
import type { FieldFinding } from "./findings.ts";
import { type Named, type NewName, nameField } from "./name-field.ts";
import { findSites, type Site } from "./sites.ts";
import { importsOf, writeAlsoAccept, writeField, writeJsonName } from "./write-field.ts";

/** Something to write into a policy file, for somebody to judge. */
export interface FieldProposal {
  /** Path of the file below the policies directory, and the line where the message begins. */
  readonly file: string;
  readonly line: number;
  /** Full name of the message. */
  readonly message: string;
  /** The field whose options the text belongs to; absent where the text is a field. */
  readonly field?: string;
  /** Where in events it was found. */
  readonly paths: readonly string[];
  readonly events: readonly string[];
  /** JSON types it was seen with. */
  readonly types: readonly JsonKind[];
  readonly text: string;
  /** What a new field probably is. */
  readonly proposed?: Proposal;
  /** One sentence, without its period. */
  readonly why: string;
  /** Files that have to be imported for it, and are not yet. */
  readonly imports: readonly string[];
  /** An option that another field of the message has to have first. */
  readonly first?: { readonly field: string; readonly text: string };
}

/** A place for which there is nothing to write. */
export interface NoProposal {
  readonly path: string;
  readonly types: readonly JsonKind[];
  /** Why, and what to do instead. */
  readonly instead: string;
}

/** Proposes what to declare for each finding: once for each message, however many places and events have it. */
export function proposeFields(
  findings: readonly FieldFinding[],
  declarations: Declarations,
): readonly (FieldProposal | NoProposal)[] {
  const added = new Map<string, readonly Named[]>();
  return findSites(findings, declarations).map((site) => {
    const { place, key, paths, types } = site;
    const instead = findObstacle(site);
    if (place === undefined || instead !== undefined) return { path: paths[0] ?? "", types, instead: instead ?? "" };
    if (key === undefined) return proposeType(site, place);
    const before = added.get(place.message.name) ?? [];
    const named = nameField(key, [...place.message.fields, ...before]);
    added.set(place.message.name, [...before, named]);
    return proposeField(site, place, { named, number: place.message.nextNumber + before.length });
  });
}

/** What a field can be called that a program has named. */
const WRITABLE_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Says why there is nothing to write; undefined where there is. */
function findObstacle(site: Site): string | undefined {
  const { place, key, isHidden } = site;
  if (isHidden) return "the name is hidden (--reveal EVENTS shows it where the events are)";
  if (key !== undefined && !WRITABLE_NAME.test(key))
    return "the name is data, not that of a field; what is around it may be a map or a google.protobuf.Struct";
  if (place === undefined) return "this policy does not declare what is around it";
  return key === undefined ? findTypeObstacle(site, place) : findFieldObstacle(site, place);
}

function findFieldObstacle({ types }: Site, { field }: DeclaredPlace): string | undefined {
  if (field !== undefined) return "this policy declares it already";
  return kindsOf(types).length === 0 ? "only null was seen, which says nothing of the type" : undefined;
}

function findTypeObstacle({ types, paths }: Site, { field }: DeclaredPlace): string | undefined {
  if (field === undefined) return "this policy does not declare it any more";
  const isInside = /(\[\]|\{\})$/.test(paths[0] ?? "");
  if (field.type.type !== "scalar" || isOpenValue(types) || isInside !== (field.repeat !== "one"))
    return "no further type can stand beside the declared one; google.protobuf.Value takes any, as an open value";
  const accepted = [field.type.kind, ...field.alsoAccept];
  return types.every((type) => accepted.includes(type)) ? "this policy accepts it already" : undefined;
}

function proposeType(site: Site, { message, field }: DeclaredPlace): FieldProposal {
  const known = field?.alsoAccept ?? [];
  const kinds = kindsOf(site.types).filter((kind) => !known.includes(kind));
  return {
    ...describeSite(site, message),
    field: field?.name ?? "",
    text: `  ${kinds.map(writeAlsoAccept).join(", ")}`,
    why: `${describeEvents(site)}; shield check names the cells that it does not fit`,
    imports: [],
  };
}

function proposeField(
  site: Site,
  { message, schema }: DeclaredPlace,
  { named, number }: { readonly named: NewName; readonly number: number },
): FieldProposal {
  const kinds = kindsOf(site.types);
  const { why, ...proposal } = classifyField({ path: site.paths[0] ?? "", schema, kinds });
  const { clash } = named;
  return {
    ...describeSite(site, message),
    text: writeField({ named, number, kinds, proposal, comment: `${describeEvents(site)}.` }),
    proposed: proposal,
    why,
    imports: importsOf(kinds).filter((file) => !message.imports.includes(file)),
    ...(clash && { first: { field: clash.name, text: writeJsonName(clash.wireName) } }),
  };
}

function describeSite({ paths, events, types }: Site, { place, name }: DeclaredPlace["message"]) {
  return { file: place.file, line: place.line, message: name, paths, events, types };
}

/** How many event types are named before the rest is counted. */
const NAMED = 4;

function describeEvents({ events, firstSeen }: Site): string {
  const more = events.length - NAMED;
  const names = more > 0 ? `${events.slice(0, NAMED).join(", ")} and ${more} more` : events.join(", ");
  return `Seen in ${names} since ${firstSeen}`;
}

/** `null` says nothing of a field's type. */
function kindsOf(types: readonly JsonKind[]): readonly ValueKind[] {
  return types.filter((type) => type !== "null");
}
