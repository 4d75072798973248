import { type Rejected, rejected } from "./outcome.ts";
import type { Delivery } from "./ports.ts";

/** A delivery that says whose state it is, and which one. */
export type StateDelivery = Delivery & Required<Pick<Delivery, "entityKey" | "order">>;

/**
 * Takes a delivery for a sink of newest states.
 *
 * The engine has refused such an event already, and says where the field is that it lacks; this is for whoever calls a
 * protocol without it.
 */
export function stateOf(delivery: Delivery): StateDelivery | Rejected {
  const { entityKey, order } = delivery;
  if (entityKey === undefined) return rejected("NO_ENTITY");
  return order === undefined ? rejected("NO_VERSION") : { ...delivery, entityKey, order };
}
