import type { Node, Plan } from "./plan.ts";

/** Tells whether the whole of a text fits a pattern. */
export type Matcher = (text: string) => boolean;

/** Makes matchers of the patterns that a policy's authors write; matching takes time that grows with the text's length. */
export interface Patterns {
  /** @throws when the pattern has a fault; the compiler says so earlier */
  compile(pattern: string): Matcher;
}

let loaded: Patterns | undefined;

/** What `re2.ts` offers once anything has loaded it: the compiler does, and `loadPatterns`. */
export function loadedPatterns(): Patterns | undefined {
  return loaded;
}

/** Says that patterns can be matched. */
export function offerPatterns(patterns: Patterns): void {
  loaded = patterns;
}

/** Loads what matches patterns where one of the plans has any: whoever needs none carries nothing of it in memory. */
export async function loadPatterns(plans: readonly Plan[]): Promise<Patterns | undefined> {
  if (!plans.some(({ shapes }) => shapes.some(({ fields }) => fields.some(({ node }) => hasPattern(node))))) return;
  const { re2 } = await import("./re2.ts");
  return re2;
}

function hasPattern(node: Node): boolean {
  if (node.node === "map") return node.keys !== undefined || hasPattern(node.value);
  return node.node === "list" && hasPattern(node.item);
}
