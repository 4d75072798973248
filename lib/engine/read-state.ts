import type { JsonValue } from "#json";
import type { Path } from "#plan";
import type { Deliver, Reject, Skip } from "./engine.ts";
import { type EventForPlan, reject, skip, tokenMaker } from "./event-for-plan.ts";
import { type EntityId, entityKey } from "./identity.ts";
import { readId } from "./read-id.ts";
import { isDeletion, orderOf, type RoutedEvent, readTimes } from "./read-order.ts";

/** Whose state an event carries, and how it is ordered among the states of the same entity. */
export type EntityState = Pick<Deliver, "entityKey" | "order" | "deleted">;

/**
 * Reads the entity of an event and the place of its state.
 *
 * A newest-state plan cannot do without them and takes nothing but the deletion of an erased person; any other plan
 * carries the entity where it is there, leaves out the key of an erased person, and needs no order.
 */
export function readState(root: JsonValue, given: EventForPlan): EntityState | Skip | Reject {
  const { route, linked } = given;
  if (route === undefined) return { deleted: false };
  const routed = { ...given, route };
  return linked.plan.delivery.mode === "NEWEST_STATE" ? readNewest(root, routed) : readAny(root, routed);
}

function readNewest(root: JsonValue, given: RoutedEvent): EntityState | Skip | Reject {
  const ids = readIds(root, given.route.entity);
  if (!Array.isArray(ids)) return reject("NO_ENTITY", ids.missing?.join("."));
  const deleted = isDeletion(given);
  if (!deleted && isErased(ids, given)) return skip("fenced");
  const times = readTimes(root, given);
  if ("kind" in times) return times;
  return { deleted, entityKey: keyOf(ids, given), order: orderOf(times, given) };
}

/** A plan of every event takes no event of the future either, unless it keeps events whole. */
function readAny(root: JsonValue, given: RoutedEvent): EntityState | Reject {
  const times = given.linked.plan.source === "fields" ? readTimes(root, given) : undefined;
  if (times !== undefined && "kind" in times && times.code === "VERSION_IN_FUTURE") return times;
  const ids = readIds(root, given.route.entity);
  const deleted = isDeletion(given);
  const isNamed = Array.isArray(ids) && (deleted || !isErased(ids, given));
  return { deleted, ...(isNamed && { entityKey: keyOf(ids, given) }) };
}

/** The ids at these paths, or the first path that has none. */
function readIds(root: JsonValue, paths: readonly Path[] = []): EntityId[] | { readonly missing?: Path } {
  if (paths.length === 0) return {};
  const ids: EntityId[] = [];
  for (const path of paths) {
    const id = readId(root, path);
    if (id === undefined) return { missing: path };
    ids.push({ id, path });
  }
  return ids;
}

function isErased(ids: readonly EntityId[], { fenced }: EventForPlan): boolean {
  return fenced.some((subject) => ids.some(({ id }) => id === subject.id));
}

function keyOf(ids: readonly EntityId[], given: EventForPlan): string {
  return entityKey({ ...given.event, ids }, tokenMaker(given));
}
