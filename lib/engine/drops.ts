import type { Drop } from "./engine.ts";

/** How many different drops of one event are told apart by their undeclared names; bounds memory, whatever is sent. */
export const MAX_NAMED_DROPS = 1_000;

export interface DropCounter {
  add(drop: Omit<Drop, "count">): void;
  /** Each different drop once, in the order of first sight. */
  list(): readonly Drop[];
}

/**
 * Counts drops by path, type and reason.
 *
 * Beyond {@link MAX_NAMED_DROPS} entries, further undeclared names are counted together under their declared parent.
 */
export function createDropCounter(): DropCounter {
  const counted = new Map<string, { -readonly [member in keyof Drop]: Drop[member] }>();
  const add: DropCounter["add"] = (drop) => {
    const { at, undeclared } = drop.path;
    const key = keyOf(drop);
    const known = counted.get(key);
    if (known !== undefined) known.count++;
    else if (undeclared !== undefined && counted.size >= MAX_NAMED_DROPS) add({ ...drop, path: { at } });
    else counted.set(key, { ...drop, count: 1 });
  };
  return { add, list: () => [...counted.values()] };
}

/** The length keeps names apart from each other, whatever characters they hold. */
function keyOf({ type, reason, path: { at, undeclared } }: Omit<Drop, "count">): string {
  return `${type} ${reason} ${at.length} ${at}${undeclared === undefined ? "" : `.${undeclared}`}`;
}
