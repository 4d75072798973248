import { getPath, type JsonValue } from "#json";
import { type Path, parseRfc3339, type Route } from "#plan";
import type { Deliver, Reject, Skip } from "./engine.ts";
import { type EventForPlan, reject, skip, tokenMaker } from "./event-for-plan.ts";
import { entityKey, tieBits } from "./identity.ts";
import { readId } from "./read-id.ts";

/** Whose state an event carries, and how it is ordered among the states of the same entity. */
export type EntityState = Pick<Deliver, "entityKey" | "version" | "deleted">;

/** How far a version may be ahead of the clock. */
const MAX_AHEAD_MS = 5 * 60_000;

/**
 * Reads the entity and version of an event.
 *
 * A newest-state plan cannot do without them and takes nothing but the deletion of an erased person; any other plan
 * carries them where they are there, and leaves out the key of an erased person.
 */
export function readState(root: JsonValue, given: EventForPlan): EntityState | Skip | Reject {
  const { route, event, fenced, linked } = given;
  if (route === undefined) return { deleted: false };
  const needsState = linked.plan.delivery.mode === "NEWEST_STATE";
  const deleted = route.deletedBy.includes(event.type);
  const id = route.entity && readId(root, route.entity);
  if (id === undefined && needsState) return reject("NO_ENTITY", route.entity?.join("."));
  const isErased = !deleted && fenced.some((subject) => subject.id === id);
  if (isErased && needsState) return skip("fenced");
  const version = readVersion(root, route, given);
  if (typeof version === "object") return version;
  return {
    deleted,
    ...(id !== undefined && !isErased && { entityKey: keyOf(id, route, given) }),
    ...(version !== undefined && { version }),
  };
}

function keyOf(id: string, { entity: path = [] }: Route, given: EventForPlan): string {
  return entityKey({ ...given.event, id, path }, tokenMaker(given));
}

function readVersion(root: JsonValue, route: Route, given: EventForPlan): bigint | Reject | undefined {
  const { delivery, source } = given.linked.plan;
  const paths = route.version ?? [];
  const time = findTime(root, paths);
  if (time === undefined)
    return delivery.mode === "NEWEST_STATE" ? reject("NO_VERSION", paths[0]?.join(".")) : undefined;
  if (time.ms <= given.context.nowMs + MAX_AHEAD_MS) return versionOf(time.ms, route, given);
  return source === "whole" ? undefined : reject("VERSION_IN_FUTURE", time.path.join("."));
}

/** The first path that holds a time since 1970. */
function findTime(root: JsonValue, paths: readonly Path[]): { readonly path: Path; readonly ms: number } | undefined {
  for (const path of paths) {
    const found = getPath(root, path);
    const ms = found?.kind === "string" ? parseRfc3339(found.text) : undefined;
    if (ms !== undefined && ms >= 0) return { path, ms };
  }
  return undefined;
}

/** A total order below 2^53 until 2039: the time, then created before updated before deleted, then keyed bits of the event. */
function versionOf(ms: number, { createdBy, deletedBy }: Route, given: EventForPlan): bigint {
  const { event } = given;
  const deletedRank = deletedBy.includes(event.type) ? 2 : 1;
  const rank = createdBy.includes(event.type) ? 0 : deletedRank;
  return BigInt(ms) * 4096n + BigInt(rank * 1024 + tieBits(event, tokenMaker(given)));
}
