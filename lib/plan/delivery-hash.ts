import { hashData } from "./hash.ts";
import type { Plan, Route } from "./plan.ts";

/**
 * Hashes what a generation's output cannot change under: how records are carried, told apart, ordered and written.
 *
 * Everything else of a policy (what a cell lets out, which types are taken, how long it is kept) applies from now on to
 * the same generation.
 */
export function deliveryHash({ source, routes, delivery }: Pick<Plan, "source" | "routes" | "delivery">): string {
  const { sink, mode, format, region, tier, transport } = delivery;
  const rows = transport.map(({ name, rule }) => ({ name, rule }));
  const states = new Map(routes.filter(hasState).map((route) => [hashData(stateOf(route)), stateOf(route)]));
  return hashData({
    carried: { source, sink, mode, format, region, tier, rows },
    states: [...states].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, state]) => state),
  });
}

function hasState({ entity, version }: Route): boolean {
  return entity !== undefined || version !== undefined;
}

/** Whose state events carry and how states are ordered. Types of the same entity and order are one row. */
function stateOf({ feed, entity = [], birth = [], neverReturns, version = [], createdBy, deletedBy }: Route) {
  return { feed, entity, birth, neverReturns: neverReturns === true, version, createdBy, deletedBy };
}
