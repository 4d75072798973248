import type { Patterns } from "./patterns.ts";
import type { Plan, ShapeNode } from "./plan.ts";

/** Loads what matches patterns where one of the plans has any: whoever needs none carries nothing of it in memory. */
export async function loadPatterns(plans: readonly Plan[]): Promise<Patterns | undefined> {
  if (!plans.some(({ shapes }) => shapes.some(({ fields }) => fields.some(({ node }) => hasPattern(node))))) return;
  const { re2 } = await import("./re2.ts");
  return re2;
}

function hasPattern(node: ShapeNode): boolean {
  if (node.node === "map") return node.keys !== undefined || hasPattern(node.value);
  return node.node === "list" && hasPattern(node.item);
}
