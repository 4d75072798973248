import type { Delivery } from "#delivery";
import { deliver } from "#support/enforce";
import { eventOf } from "#support/events";
import { contextFor } from "#support/keys";
import { open, planFor } from "#support/plans";
import { type Ending, foldLives, type StateEvent } from "./lives-oracle.ts";
import { event, START_MS } from "./scenario.ts";

const DAY = "2026-01-31T";
const FIRST = "2026-01-01T00:00:00Z";
const SECOND = `${DAY}10:30:00Z`;

function on(user: string, id: string, type: StateEvent["type"], times: StateEvent["times"]): StateEvent {
  return { user, id: `${user} ${id}`, type, times: { birth: FIRST, time: `${DAY}10:00:00Z`, ...times } };
}

/**
 * Two lives of a user; a user whose deletion has a snapshot older than the last update, which pretends to be after it; one
 * whose deletion names no birth; one whose states differ by microseconds, by the event's
 * time, or by nothing.
 */
export const STATE_EVENTS: readonly StateEvent[] = [
  on("u1", "begins", "created", { updated: `${DAY}10:00:00Z` }),
  on("u1", "ends", "deleted", { updated: `${DAY}09:00:00Z`, deleted: null, time: `${DAY}10:00:02Z` }),
  on("u1", "returns", "created", { birth: SECOND, updated: SECOND }),
  on("u4", "ends", "deleted", { updated: `${DAY}09:00:00Z`, deleted: null, time: `${DAY}10:00:02Z` }),
  on("u4", "is late", "updated", { updated: `${DAY}10:00:03Z` }),
  on("u2", "changes", "updated", { updated: `${DAY}11:00:00.001+00:00` }),
  on("u2", "ends", "deleted", { birth: null, deleted: `${DAY}12:00:00+01:00` }),
  on("u3", "is half a ms older", "updated", { updated: `${DAY}10:00:00.1234Z` }),
  on("u3", "is newer", "updated", { updated: `${DAY}10:00:00.1239Z`, time: `${DAY}10:00:00.2Z` }),
  on("u3", "is the same moment", "updated", { updated: `${DAY}10:00:00.1239Z`, time: `${DAY}10:00:00.2Z` }),
  on("u3", "says no time of its own", "updated", { updated: "", time: `${DAY}10:00:00.1238999Z` }),
];

/** Keeps the newest state of each user. */
export const LIVES_PLAN = planFor({
  fields: { user: open(), time: open() },
  delivery: { mode: "NEWEST_STATE" },
  route: {
    match: { types: ["user.created", "user.updated", "user.deleted"], base: false },
    entity: [["user", "id"]],
    birth: ["user", "birth"],
    version: [["user", "deleted"], ["user", "updated"], ["time"]],
  },
});

/** What the engine makes of the events. */
export const STATE_DELIVERIES: readonly Delivery[] = STATE_EVENTS.map(({ user, id, type, times }) => {
  const { time, ...own } = times;
  const micros = Number(
    /\.(\d+)/
      .exec(time ?? "")?.[1]
      ?.padEnd(6, "0")
      .slice(3, 6) ?? 0,
  );
  const facts = { sourceId: id, type: `user.${type}`, timeMs: Date.parse(time ?? ""), timeUs: micros };
  const context = contextFor({ nowMs: START_MS });
  const { order = "", deleted } = deliver(LIVES_PLAN, eventOf({ user: { id: user, ...own }, time }, facts), context);
  return event(id, { entityKey: user, order, deleted, payload: Buffer.from(JSON.stringify(id)) });
});

/** What is known of each user in the end. */
export const ENDINGS: ReadonlyMap<string, Ending> = new Map(
  [...new Set(STATE_EVENTS.map(({ user }) => user))].map((user) => [
    user,
    foldLives(STATE_EVENTS.filter((each) => each.user === user)),
  ]),
);
