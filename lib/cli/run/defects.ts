import { createThrownKinds, type ThrownDescription } from "#errors";

/** What the engine threw in a run, told apart by class and place. */
export interface Defects {
  add(thrown: unknown): void;
  /** Those since the last call that were not seen before. */
  take(): readonly ThrownDescription[];
}

export function createDefects(): Defects {
  const kinds = createThrownKinds();
  let fresh: ThrownDescription[] = [];
  return {
    add(thrown) {
      const defect = kinds.addNew(thrown);
      if (defect !== undefined) fresh.push(defect);
    },
    take() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
  };
}
