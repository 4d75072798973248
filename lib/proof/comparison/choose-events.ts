import { hash } from "node:crypto";
import type { Blueprint } from "../events/blueprint.ts";

/** Chooses one type of each schema, and no more of them than `most`; another seed chooses others. */
export function chooseEvents(
  blueprints: readonly Blueprint[],
  seed: string,
  most = Number.POSITIVE_INFINITY,
): readonly Blueprint[] {
  const rank = ({ schema, type = "", source = "" }: Blueprint) =>
    hash("sha256", JSON.stringify([seed, schema, type, source]));
  const ranked = [...blueprints]
    .map((blueprint) => ({ blueprint, rank: rank(blueprint) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1));
  const schemas = new Set<string>();
  const chosen = ranked.filter(({ blueprint: { feed, schema } }) => {
    const name = `${feed} ${schema}`;
    return !schemas.has(name) && schemas.add(name) !== undefined;
  });
  return chosen.slice(0, most).map(({ blueprint }) => blueprint);
}
