import { type Rejected, rejected } from "./outcome.ts";
import type { Delivery } from "./ports.ts";

/** A delivery that says whose state it is, and which one. */
export type StateDelivery = Delivery & Required<Pick<Delivery, "entityKey" | "order">>;

/**
 * Takes a delivery for a sink of newest states, and refuses one that is no state.
 *
 * What an event must say to be a state the engine alone decides, and tells the field that is missing; so a delivery
 * without its key or order is a defect of whoever made it, and not of the event.
 */
export function stateOf(delivery: Delivery): StateDelivery | Rejected {
  const { entityKey, order } = delivery;
  if (entityKey === undefined || order === undefined) return rejected("ENFORCER_FAILED");
  return { ...delivery, entityKey, order };
}
