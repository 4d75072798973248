/** An event about a user, as its source tells it. Times are RFC 3339 texts, or whatever else stands in their place. */
export interface StateEvent {
  readonly user: string;
  readonly id: string;
  readonly type: "created" | "updated" | "deleted";
  readonly times: {
    readonly birth?: string | null;
    readonly updated?: string | null;
    readonly deleted?: string | null;
    readonly time?: string;
  };
}

/** What has to be known of a user in the end, by the ids of events: one of these says it. */
export interface Ending {
  readonly isAlive: boolean;
  readonly saidBy: ReadonlySet<string>;
}

/**
 * Folds the events of one user, without any order of states: which lives there were, which of them ended, and what was
 * said last in the last one. Shares nothing with the engine.
 */
export function foldLives(events: readonly StateEvent[]): Ending {
  const ends = events.filter(({ type }) => type === "deleted");
  const states = events.filter(({ type }) => type !== "deleted");
  const births = [...states, ...ends].flatMap(({ times }) => microsOf(times.birth) ?? []);
  const last = births.reduce((later, birth) => (birth > later ? birth : later), -1n);
  const ending = ends.filter((end) => endsLife(end, last));
  if (ending.length > 0) return { isAlive: false, saidBy: idsOf(ending) };
  return { isAlive: true, saidBy: idsOf(lastOf(states.filter(({ times }) => microsOf(times.birth) === last))) };
}

function endsLife({ times }: StateEvent, life: bigint): boolean {
  const named = microsOf(times.birth);
  if (named !== undefined) return named === life;
  const until = microsOf(times.deleted) ?? microsOf(times.updated) ?? microsOf(times.time) ?? -1n;
  return life <= until;
}

/** The states that nothing of what they say tells apart, and that no other is after. */
function lastOf(states: readonly StateEvent[]): readonly StateEvent[] {
  return states.filter((state) => !states.some((other) => isAfter(other, state)));
}

function isAfter(one: StateEvent, other: StateEvent): boolean {
  const [own, otherOwn] = [one, other].map(({ times }) => microsOf(times.updated) ?? microsOf(times.time) ?? -1n);
  if (own !== otherOwn) return (own ?? -1n) > (otherOwn ?? -1n);
  const [time, otherTime] = [one, other].map(({ times }) => microsOf(times.time) ?? -1n);
  if (time !== otherTime) return (time ?? -1n) > (otherTime ?? -1n);
  return one.type !== "created" && other.type === "created";
}

function idsOf(events: readonly StateEvent[]): ReadonlySet<string> {
  return new Set(events.map(({ id }) => id));
}

/** µs since the epoch, by hand: `Date` knows milliseconds only. */
function microsOf(text: string | null | undefined): bigint | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/.exec(text ?? "");
  if (found === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const fraction = BigInt((found[7] ?? "").slice(0, 6).padEnd(6, "0"));
  const east = found[8] === undefined ? 0 : Number(`${found[8]}1`) * (Number(found[9]) * 60 + Number(found[10]));
  return BigInt(Date.UTC(year, month - 1, day, hour, minute - east, second)) * 1000n + fraction;
}
