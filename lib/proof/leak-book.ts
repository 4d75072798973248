import type { Leak } from "./result.ts";

/** Collects leaks; those that are alike but for the value are one. */
export interface LeakBook {
  add(leak: Omit<Leak, "count">): void;
  /** The most frequent first. */
  list(): readonly Leak[];
}

export function createLeakBook(): LeakBook {
  const known = new Map<string, { -readonly [member in keyof Leak]: Leak[member] }>();
  return {
    add(leak) {
      const { processor, channel, schema, path, standing, how } = leak;
      const name = JSON.stringify([processor, channel, schema, path, standing, how]);
      const found = known.get(name);
      if (found === undefined) known.set(name, { ...leak, count: 1 });
      else found.count++;
    },
    list: () => [...known.values()].sort((left, right) => right.count - left.count),
  };
}
