import type { JsonKind } from "#json";
import type { Declarations, DeclaredPlace } from "#policy";
import { type FieldFinding, writePath } from "./findings.ts";

/** All that was found of one field of one message, however many places and events have the message. */
export interface Site {
  /** Absent where no schema declares what is around the field. */
  readonly place?: DeclaredPlace;
  /** The undeclared name; absent where the field is declared and its JSON type is not. */
  readonly key?: string;
  readonly isHidden: boolean;
  readonly paths: readonly string[];
  readonly events: readonly string[];
  /** JSON types it was seen with. */
  readonly types: readonly JsonKind[];
  readonly firstSeen: string;
}

/** Sorts findings by the field of a message that they are about. */
export function findSites(findings: readonly FieldFinding[], declarations: Declarations): readonly Site[] {
  const sites = new Map<string, Site>();
  for (const finding of findings) {
    for (const event of finding.events) {
      const place = declarations.find({ feed: finding.feed, type: event }, writePath(finding));
      const id = JSON.stringify([place?.message.name ?? finding.feed, nameOf(finding, place)]);
      sites.set(id, mergeSites(sites.get(id), toSite(finding, event, place)));
    }
  }
  return [...sites.values()];
}

/** A list and its items are two: each has types of its own. */
function nameOf(finding: FieldFinding, place: DeclaredPlace | undefined): string {
  const path = writePath(finding);
  return place === undefined ? path : path.slice(path.lastIndexOf(".") + 1);
}

function toSite(finding: FieldFinding, event: string, place: DeclaredPlace | undefined): Site {
  const { path, isHidden, type, firstSeen } = finding;
  return {
    ...(place && { place }),
    ...(path.undeclared !== undefined && { key: path.undeclared }),
    isHidden,
    paths: [writePath(finding)],
    events: [event],
    types: [type],
    firstSeen,
  };
}

function mergeSites(known: Site | undefined, found: Site): Site {
  if (known === undefined) return found;
  return {
    ...known,
    paths: unite(known.paths, found.paths),
    events: unite(known.events, found.events),
    types: unite(known.types, found.types),
    firstSeen: found.firstSeen < known.firstSeen ? found.firstSeen : known.firstSeen,
  };
}

function unite<Item>(known: readonly Item[], found: readonly Item[]): readonly Item[] {
  return [...new Set([...known, ...found])];
}
