import { describeThrown, type ThrownDescription } from "./describe-thrown.ts";

/** Tells apart by class and place what was thrown, so that each kind is told once. */
export interface ThrownKinds {
  /** Describes what was thrown; undefined where that kind is known, or there are enough. */
  addNew(thrown: unknown): ThrownDescription | undefined;
  /** Forgets all of them. */
  clear(): void;
}

/** How many kinds are told apart: more say nothing more. */
const MOST_KINDS = 20;

export function createThrownKinds(): ThrownKinds {
  const known = new Set<string>();
  return {
    addNew(thrown) {
      const description = describeThrown(thrown);
      const kind = JSON.stringify(description);
      if (known.has(kind) || known.size === MOST_KINDS) return undefined;
      known.add(kind);
      return description;
    },
    clear: () => known.clear(),
  };
}
