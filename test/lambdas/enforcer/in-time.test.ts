import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SINK_TIMINGS } from "#constructs";
import { times } from "#support/depth";
import type { Dependency, Fate } from "#support/fake-aws/fake-aws";
import { createSeededRandom } from "#support/seeded-random";
import { bodyOf, eventIdOf, SINK_KINDS, type SinkKind, VirtualEnforcer } from "./virtual-enforcer.ts";

const START_MS = Date.UTC(2026, 2, 1, 12);

/** Slow is just below the longest wait for one answer. */
const FATES = Object.entries({
  silent: { kind: "silent" },
  slow: { kind: "slow", ms: 4_900 },
  dead: { kind: "dead" },
}) as [string, Fate][];

const STANDARD_QUEUE = SINK_KINDS.find(({ sink }) => sink === "STANDARD_QUEUE") as SinkKind;

interface Case {
  readonly kind: SinkKind;
  /** What fails. */
  readonly failing: readonly Dependency[];
  readonly fate: Fate;
}

const PARTS: readonly Omit<Case, "fate">[] = [
  ...SINK_KINDS.flatMap((kind) => [...kind.needs, "secrets" as const].map((part) => ({ kind, failing: [part] }))),
  { kind: STANDARD_QUEUE, failing: ["quarantine"] },
  ...SINK_KINDS.map((kind) => ({ kind, failing: [...kind.needs, "quarantine" as const, "giveBack" as const] })),
];

const CASES = PARTS.flatMap(({ kind, failing }) =>
  FATES.map(([name, fate]) => ({ name: `${kind.name}: ${failing.join(", ")} ${name}`, kind, failing, fate })),
);

/** Of how many records one is none, and so goes to quarantine. */
const POISON_EVERY = 10;

describe("an enforcer is back before its end, and names every message that nobody has", () => {
  let enforcer: VirtualEnforcer;
  beforeAll(() => {
    vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => enforcer.time.timeout(ms));
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });

  it.each(CASES)("$name", async ({ kind: { sink, mode }, failing, fate }) => {
    const random = createSeededRandom("in time");
    const { timeout, batchSize } = SINK_TIMINGS[sink];
    enforcer = new VirtualEnforcer({ sink, mode, timeoutMs: timeout.toMilliseconds(), startMs: START_MS, random });
    enforcer.aws.fateOf = (asked) => (failing.includes(asked) ? fate : undefined);
    await answersForAll(times({ few: 55, deep: batchSize }));
    await answersForAll(times({ few: 3, deep: batchSize }));
  });

  async function answersForAll(count: number): Promise<void> {
    const ids = Array.from({ length: count }, (_, id) => id);
    const { failures, isInTime } = await enforcer.invoke(
      ids.map((id) => ({ id: `${id}`, body: record(id), receives: 1 })),
    );
    expect(isInTime).toBe(true);
    const done = ids.filter((id) => !failures.includes(`${id}`));
    const { arrived, quarantine } = enforcer.aws;
    expect(done.filter((id) => !isPoison(id) && !arrived.includes(eventIdOf(id)))).toEqual([]);
    expect(done.filter(isPoison).length).toBeLessThanOrEqual(quarantine.objects.size);
    expect(enforcer.outcomes.splice(0)).toHaveLength(count);
  }
});

function isPoison(id: number): boolean {
  return id % POISON_EVERY === 0;
}

function record(id: number): string {
  return isPoison(id) ? `no JSON ${id}` : bodyOf(id, START_MS);
}
