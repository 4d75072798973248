import { getPath, type JsonValue } from "#json";
import { type Instant, type Path, parseInstant } from "#plan";
import type { Reject } from "./engine.ts";
import { type EventForPlan, reject, tokenMaker } from "./event-for-plan.ts";
import { tieOf } from "./identity.ts";
import { writeOrder } from "./order.ts";

/** An event whose schema is known. */
export type RoutedEvent = EventForPlan & { readonly route: NonNullable<EventForPlan["route"]> };

/** How far a time may be ahead of the clock. */
const MAX_AHEAD_MS = 5 * 60_000;

/** The one life of an entity whose id never returns. */
const ONLY_LIFE: Instant = { ms: 0, us: 0 };

/** When a state was, and in which life. */
export interface StateTimes {
  readonly life: Instant;
  readonly own: Instant;
}

/** Reads the times that order the state of an event, or says why it has no place among those of its entity. */
export function readTimes(root: JsonValue, given: RoutedEvent): StateTimes | Reject {
  return isDeletion(given) ? readEnd(root, given) : readMoment(root, given);
}

/** Writes the place of an event's state among those of its entity. */
export function orderOf(times: StateTimes, given: RoutedEvent): string {
  const { route, event } = given;
  return writeOrder({
    ...times,
    deleted: isDeletion(given),
    event: instantOf(given),
    created: route.createdBy.includes(event.type),
    tie: tieOf(event, tokenMaker(given)),
  });
}

export function isDeletion({ route, event }: RoutedEvent): boolean {
  return route.deletedBy.includes(event.type);
}

/** A state that lives names its life and its own time. A time that is ahead would outlive every later state. */
function readMoment(root: JsonValue, given: RoutedEvent): StateTimes | Reject {
  const [own] = findTimes(root, given.route.version ?? []);
  if (own === undefined) return reject("NO_VERSION", given.route.version?.[0]?.join("."));
  const life = readLife(root, given);
  const early = [own, life].find((time) => time !== undefined && isAhead(time.at, given));
  if (early !== undefined) return reject("VERSION_IN_FUTURE", early.path.join("."));
  if (isAhead(instantOf(given), given)) return reject("VERSION_IN_FUTURE");
  if (life === undefined) return reject("NO_BIRTH", given.route.birth?.join("."));
  return { life: life.at, own: own.at };
}

/**
 * A deletion ends the life it names; one that names none ends every life until its time.
 *
 * Times that are ahead are passed over as if they were not there: a wrong clock must not keep alive what is gone.
 */
function readEnd(root: JsonValue, given: RoutedEvent): StateTimes | Reject {
  const found = findTimes(root, given.route.version ?? []);
  const own = found.find(({ at }) => !isAhead(at, given));
  if (own === undefined) {
    const [first] = found;
    const path = first?.path ?? given.route.version?.[0];
    return reject(first === undefined ? "NO_VERSION" : "VERSION_IN_FUTURE", path?.join("."));
  }
  const life = readLife(root, given);
  const isNamed = life !== undefined && !isAhead(life.at, given);
  return { life: isNamed ? life.at : own.at, own: own.at };
}

function readLife(root: JsonValue, { route }: RoutedEvent): FoundTime | undefined {
  if (route.neverReturns) return { path: [], at: ONLY_LIFE };
  return route.birth && findTimes(root, [route.birth])[0];
}

interface FoundTime {
  readonly path: Path;
  readonly at: Instant;
}

/** The times since 1970 at these paths. A time without a zone is one of UTC, as all of Auth0's are. */
function findTimes(root: JsonValue, paths: readonly Path[]): readonly FoundTime[] {
  return paths.flatMap((path) => {
    const found = getPath(root, path);
    const at = found?.kind === "string" ? parseInstant(found.text, "Z") : undefined;
    return at === undefined || at.ms < 0 ? [] : [{ path, at }];
  });
}

function instantOf({ event }: EventForPlan): Instant {
  return { ms: event.timeMs, us: event.timeUs ?? 0 };
}

function isAhead({ ms }: Instant, { context }: EventForPlan): boolean {
  return ms > context.nowMs + MAX_AHEAD_MS;
}
