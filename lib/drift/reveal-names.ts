import { type DriftReport, nameDigest } from "#delivery";
import type { Drift } from "#engine";
import type { Envelope } from "#feeds";
import type { FeedName } from "#plan";
import { createDriftFinder, type DriftFinderOptions } from "./drift-finder.ts";

/** The names behind the digests of a report. */
export interface RevealedNames {
  fieldAt(at: string, digest: string): string | undefined;
  typeOf(feed: FeedName, digest: string): string | undefined;
}

/** Finds the names that a report hides, among the events that it was made of. */
export interface NameFinder extends RevealedNames {
  look(event: Envelope): void;
}

/**
 * Makes a finder that remembers no more names than the report has digests.
 *
 * @param options the keys are those of the run that made the report: under others its digests are those of other names
 */
export function createNameFinder(report: DriftReport, options: DriftFinderOptions): NameFinder {
  const wanted = new Set([...report.types.map(({ event }) => event), ...report.fields.map(({ path }) => lastOf(path))]);
  const names = createNameMemory(options.keys.keyOf({ purpose: "name" }), (digest) => wanted.has(digest));
  const driftOf = createDriftFinder(options);
  return {
    ...names,
    look(event) {
      const drift = driftOf(event);
      if (drift !== undefined) names.note(event, drift);
    },
  };
}

/** Names that were seen, by their digests. */
export interface NameMemory extends RevealedNames {
  note(event: Envelope, drift: Drift): void;
}

/** @param isWanted tells by its digest, and by how many names are remembered, whether a name is to be */
export function createNameMemory(
  key: Uint8Array,
  isWanted: (digest: string, remembered: number) => boolean,
): NameMemory {
  const found = new Map<string, string>();
  const note = (place: string, name: string) => {
    const digest = nameDigest(name, key);
    if (isWanted(digest, found.size)) found.set(`${digest} ${place}`, name);
  };
  return {
    note(event, drift) {
      if (drift === "unknown_type") note(event.feed, event.type);
      else for (const { path } of drift) if (path.undeclared !== undefined) note(path.at, path.undeclared);
    },
    fieldAt: (at, digest) => found.get(`${digest} ${at}`),
    typeOf: (feed, digest) => found.get(`${digest} ${feed}`),
  };
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
