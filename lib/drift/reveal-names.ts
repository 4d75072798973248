import { type DriftReport, nameDigest } from "#delivery";
import { type Drift, referenceEngine } from "#engine";
import type { Envelope } from "#feeds";
import type { KeyRing } from "#keys";
import type { FeedName, Patterns, Plan } from "#plan";

/** The names behind the digests of a report. */
export interface RevealedNames {
  fieldAt(at: string, digest: string): string | undefined;
  typeOf(feed: FeedName, digest: string): string | undefined;
}

/** Finds the names that a report hides, among the events that it was made of. */
export interface NameFinder extends RevealedNames {
  look(event: Envelope): void;
}

export interface NameFinderOptions {
  /** A plan that keeps events whole. */
  readonly plan: Plan;
  /** The keys of the run that made the report: under others its digests are those of other names. */
  readonly keys: KeyRing;
  /** Needed where the plan has patterns: `loadPatterns([plan])`. */
  readonly patterns?: Patterns | undefined;
  readonly random: (length: number) => Uint8Array;
}

/** Makes a finder that remembers no more names than the report has digests. */
export function createNameFinder(report: DriftReport, options: NameFinderOptions): NameFinder {
  const wanted = new Set([...report.types.map(({ event }) => event), ...report.fields.map(({ path }) => lastOf(path))]);
  const found = new Map<string, string>();
  const key = options.keys.keyOf({ purpose: "name" });
  const note = (place: string, name: string) => {
    const digest = nameDigest(name, key);
    if (wanted.has(digest)) found.set(`${digest} ${place}`, name);
  };
  const driftOf = createObserver(options);
  return {
    look(event) {
      const drift = driftOf(event);
      if (drift === "unknown_type") note(event.feed, event.type);
      else for (const { path } of drift) if (path.undeclared !== undefined) note(path.at, path.undeclared);
    },
    fieldAt: (at, digest) => found.get(`${digest} ${at}`),
    typeOf: (feed, digest) => found.get(`${digest} ${feed}`),
  };
}

/** Looks at events as a run does. The clock is the event's own: what was kept then may be past its retention now. */
function createObserver({ plan, keys, patterns, random }: NameFinderOptions): (event: Envelope) => Drift {
  const enforcer = referenceEngine.link([plan], patterns);
  return (event) => {
    const [decision] = enforcer.enforce(event, { nowMs: event.timeMs, keys, random, facts: {} });
    return decision?.kind === "deliver" ? (decision.drift ?? []) : [];
  };
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
