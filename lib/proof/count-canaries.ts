import { CLASSES } from "#plan";
import type { Canary } from "./canaries/canary.ts";
import type { Rules, SpotClass } from "./oracle/rules.ts";
import type { Leak, TableRow } from "./result.ts";

/** Counts canaries by processor and class. */
export interface CanaryCounter {
  /** Counts those of a round; `seen` are those that a processor has seen as allowed. */
  add(canaries: readonly Canary[], seen: ReadonlyMap<string, ReadonlySet<Canary>>): void;
  rows(leaks: readonly Leak[]): readonly TableRow[];
}

interface Counts {
  planted: number;
  allowed: number;
  found: number;
}

export function createCanaryCounter(processors: readonly string[], rules: Rules): CanaryCounter {
  const counts = new Map(processors.map((name) => [name, new Map<SpotClass, Counts>()]));
  return {
    add(canaries, seen) {
      for (const [processor, classes] of counts) {
        const found = seen.get(processor);
        for (const canary of canaries) {
          const name = rules.classOf(canary.spot);
          const count = classes.get(name) ?? { planted: 0, allowed: 0, found: 0 };
          classes.set(name, count);
          count.planted++;
          if (rules.maySee(processor, canary)) count.allowed++;
          if (found?.has(canary)) count.found++;
        }
      }
    },
    rows: (leaks) =>
      [...counts].flatMap(([processor, classes]) =>
        [...classes]
          .sort(([left], [right]) => ORDER.indexOf(left) - ORDER.indexOf(right))
          .map(([name, count]) => ({ processor, class: name, ...count, leaked: countLeaks(leaks, processor, name) })),
      ),
  };
}

const ORDER: readonly SpotClass[] = [...CLASSES, "undeclared", "outside"];

function countLeaks(leaks: readonly Leak[], processor: string, name: SpotClass): number {
  const own = leaks.filter((leak) => leak.processor === processor && leak.class === name);
  return own.reduce((sum, { count }) => sum + count, 0);
}
