import { type StateDelivery, stateOf } from "../entity-state.ts";
import { DUPLICATE, type Outcome, retry, STALE } from "../outcome.ts";
import { answerAll, answerOf, pair } from "../pair.ts";
import type { Delivery } from "../ports.ts";

type DeliverStates = (newest: readonly StateDelivery[]) => Promise<readonly Outcome[]>;

/**
 * Delivers the newest state of each entity of a batch; what becomes of the older ones follows from how that went.
 *
 * An older state is stale once the newest is done with; when the newest has to be tried again, so have they, because
 * nothing says that it will ever arrive. Equal orders are one state, of which the first one counts. What is no entity's state is rejected.
 * Outcome i belongs to delivery i.
 */
export async function deliverNewest(batch: readonly Delivery[], deliver: DeliverStates): Promise<readonly Outcome[]> {
  const sorted = batch.map((delivery) => {
    const state = stateOf(delivery);
    return "kind" in state ? { known: state } : { ask: state };
  });
  return answerAll(sorted, (states) => deliverStates(states, deliver));
}

async function deliverStates(states: readonly StateDelivery[], deliver: DeliverStates): Promise<readonly Outcome[]> {
  const newest = new Map<string, StateDelivery>();
  for (const state of states) {
    const known = newest.get(state.entityKey);
    if (known === undefined || known.order < state.order) newest.set(state.entityKey, state);
  }
  const winners = pair([...newest.values()], await deliver([...newest.values()]));
  const winnerOf = new Map(winners.map((winner) => [winner[0].entityKey, winner]));
  return states.map((state) => {
    const [winner, outcome] = answerOf(winnerOf, state.entityKey);
    return winner === state ? outcome : olderOutcome(state, winner, outcome);
  });
}

function olderOutcome(older: StateDelivery, winner: StateDelivery, outcome: Outcome): Outcome {
  if (outcome.kind === "retry") return outcome;
  if (outcome.kind === "rejected") return retry("NEWER_STATE_REFUSED");
  return older.order === winner.order ? DUPLICATE : STALE;
}
