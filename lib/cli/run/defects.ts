import { describeThrown, type ThrownDescription } from "#errors";

/** What the engine threw in a run, told apart by class and place. */
export interface Defects {
  add(thrown: unknown): void;
  /** Those since the last call that were not seen before. */
  take(): readonly ThrownDescription[];
}

/** How many are told apart. */
const MAX_DEFECTS = 20;

export function createDefects(): Defects {
  const seen = new Set<string>();
  let fresh: ThrownDescription[] = [];
  return {
    add(thrown) {
      const defect = describeThrown(thrown);
      const kind = JSON.stringify(defect);
      if (seen.has(kind) || seen.size === MAX_DEFECTS) return;
      seen.add(kind);
      fresh.push(defect);
    },
    take() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
  };
}
