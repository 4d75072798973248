import type { Breach, Found } from "../breach.ts";
import type { PolicySource } from "../source/declarations.ts";
import { checkMatch, checkOverlaps } from "./check-match.ts";
import { resolvePaths } from "./resolve-paths.ts";
import type { RootDecl, Schema } from "./schema.ts";
import { buildTree, leavesOf } from "./tree.ts";

/** Finds the root schemas and lays them out, sorted by name. */
export function resolveSchemas({ messages }: PolicySource): Found<readonly Schema[]> {
  const roots = [...messages.values()].filter((message): message is RootDecl => message.match !== undefined);
  const found = roots.map((root) => resolveSchema(root, messages));
  const schemas = found.flatMap((each) => each.found).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { found: schemas, breaches: [...found.flatMap(({ breaches }) => breaches), ...checkOverlaps(schemas)] };
}

/** A schema without a feed is left out. */
function resolveSchema(root: RootDecl, messages: PolicySource["messages"]): Found<readonly Schema[]> {
  const { match } = root;
  const tree = buildTree(root, messages);
  const breaches: Breach[] = [...checkMatch(root), ...tree.breaches];
  if (match.feed === undefined) return { found: [], breaches };
  const leaves = leavesOf(tree.found);
  const paths = resolvePaths(root, leaves);
  const { source = "", detailType = "" } = match;
  const isCustom = match.feed === "CUSTOM";
  const schema: Schema = {
    name: root.name,
    place: root.place,
    feed: match.feed,
    types: isCustom ? [detailType] : [...match.types].sort(),
    base: match.base,
    ...(isCustom && { custom: { source, detailType } }),
    tree: tree.found,
    leaves,
    ...paths.found,
  };
  return { found: [schema], breaches: [...breaches, ...paths.breaches] };
}
