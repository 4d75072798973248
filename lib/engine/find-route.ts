import type { Envelope } from "#feeds";
import type { Route } from "#plan";

/** Finds the schema of an event: the route that names its type, else the base route of its feed. */
export function findRoute(routes: readonly Route[], event: Envelope): Route | undefined {
  const ofFeed = routes.filter(({ feed }) => feed === event.feed);
  return ofFeed.find((route) => namesType(route, event)) ?? ofFeed.find(({ match }) => match.base);
}

/**
 * Tells whether a route is meant for the event's type, and not only for what no other route names.
 *
 * A route with an EventBridge `source` is chosen by it and the detail-type, every other one by the event type.
 */
export function namesType({ match }: Route, event: Envelope): boolean {
  if (match.source !== undefined) return match.source === event.source && match.detailType === event.type;
  return match.types.includes(event.type);
}
