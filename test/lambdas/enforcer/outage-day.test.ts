import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SINK_TIMINGS, visibilityOf } from "#constructs";
import type { Random } from "#delivery";
import { answer, jsonError, xmlError } from "#support/aws-double";
import { isDeep } from "#support/depth";
import type { Dependency, Fate } from "#support/fake-aws/fake-aws";
import { createSeededRandom } from "#support/seeded-random";
import { receivesFor } from "../../../lib/constructs/outage.ts";
import { bodyOf, eventIdOf, SINK_KINDS, type SinkKind, VirtualEnforcer } from "./virtual-enforcer.ts";
import { VirtualInlet } from "./virtual-inlet.ts";

const START_MS = Date.UTC(2026, 2, 1, 12);
const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];

/** From five minutes after the first event, for a day. */
const OUTAGE = { fromMs: START_MS + 5 * MINUTE_MS, untilMs: START_MS + 24 * HOUR_MS + 5 * MINUTE_MS };

/** How a dependency refuses for a day, each in its own words. */
const REFUSALS: Partial<Record<Dependency, Fate>> = {
  ledger: { kind: "refused", answer: jsonError("ThrottlingException") },
  bucket: { kind: "refused", answer: xmlError(403, "AccessDenied") },
  queue: { kind: "refused", answer: jsonError("KMS.DisabledException") },
  search: { kind: "refused", answer: answer(403, {}) },
};

interface Day {
  readonly kind: SinkKind;
  readonly failing: Dependency;
  readonly how: string;
  readonly fate: Fate;
}

function dayOf(kind: SinkKind, failing: Dependency, isSilent: boolean): Day {
  const fate = isSilent ? ({ kind: "silent" } as const) : REFUSALS[failing];
  return { kind, failing, how: isSilent ? "is silent" : "refuses", fate: fate as Fate };
}

/** Each kind of sink in one way, with one message that is held for as long as can be. */
const SHORT = {
  days: SINK_KINDS.flatMap((kind, at) => kind.needs.slice(0, 1).map((failing) => dayOf(kind, failing, at % 3 === 0))),
  events: 2,
  random: holdingLong(),
};

/** Everything that can fail, in both ways, with messages that are held at random. */
const WHOLE = {
  days: SINK_KINDS.flatMap((kind) =>
    kind.needs.flatMap((failing) => [dayOf(kind, failing, false), dayOf(kind, failing, true)]),
  ),
  events: 8,
  random: createSeededRandom("a day"),
};

const PLAY = isDeep() ? WHOLE : SHORT;

/** US dollars for each, in eu-west-1 (AWS price list, read 2026-11-28). */
const PRICES = { invocation: 0.2e-6, second: 0.5 * 13.3334e-6, sqs: 0.4e-6, write: 0.625e-6, put: 5e-6 };

/** The longest hold, and as much again as one invocation and its window take. */
const DRAINED_WITHIN_MS = 17 * MINUTE_MS;

describe("a sink that is down for a day loses nothing and sets nothing aside", () => {
  let enforcer: VirtualEnforcer;
  const lines: string[] = [];
  beforeAll(() => {
    vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => enforcer.time.timeout(ms));
  });
  afterAll(() => {
    vi.restoreAllMocks();
    console.log(lines.join("\n"));
  });

  it.each(PLAY.days.map((day) => ({ name: `${day.kind.name}: ${day.failing} ${day.how}`, day })))(
    "$name",
    async ({ name, day }) => {
      const timing = SINK_TIMINGS[day.kind.sink];
      enforcer = new VirtualEnforcer({
        ...day.kind,
        timeoutMs: timing.timeout.toMilliseconds(),
        startMs: START_MS,
        random: PLAY.random,
      });
      const { aws, time } = enforcer;
      const isDown = () => time.nowMs() >= OUTAGE.fromMs && time.nowMs() < OUTAGE.untilMs;
      aws.fateOf = (asked) => (asked === day.failing && isDown() ? day.fate : undefined);
      const maxReceives = receivesFor(visibilityOf(timing));
      const inlet = new VirtualInlet({ enforcer, timing, maxReceives });
      const ids = Array.from({ length: PLAY.events }, (_, id) => id);
      for (const id of ids) inlet.add(`${id}`, bodyOf(id, arrivalMs(id)), arrivalMs(id));

      await inlet.drain();

      lines.push(lineOf(name, inlet, enforcer));
      expect(inlet.deadLetters).toEqual([]);
      expect(ids.filter((id) => !aws.arrived.includes(eventIdOf(id)))).toEqual([]);
      expect(enforcer.outcomes.filter(({ kind }) => kind === "delivered")).toHaveLength(ids.length);
      expect(aws.queue.messages.length).toBeLessThanOrEqual(ids.length);
      expect(inlet.mostReceives).toBeLessThan(maxReceives / 1.4);
      expect(inlet.longestHoldMs).toBeLessThanOrEqual(15 * MINUTE_MS);
      expect(time.nowMs() - OUTAGE.untilMs).toBeLessThan(DRAINED_WITHIN_MS);
    },
  );
});

/** Holds are a full fifteen minutes; everything else is drawn. */
function holdingLong(): Random {
  const draw = createSeededRandom("a day");
  return (length) => (length === 4 ? new Uint8Array(4).fill(255) : draw(length));
}

/** One before the outage, two as it begins, then one every three hours. */
function arrivalMs(id: number): number {
  if (id === 0) return START_MS;
  return OUTAGE.fromMs + Math.max(0, id - 2) * 3 * HOUR_MS;
}

function lineOf(name: string, inlet: VirtualInlet, { aws, time }: VirtualEnforcer): string {
  const { invocations, busyMs, mostReceives } = inlet;
  const { ledger, bucket, queue, search, giveBack } = aws.requests;
  const seconds = busyMs / 1_000;
  const cost =
    invocations * (PRICES.invocation + PRICES.sqs) +
    seconds * PRICES.second +
    (giveBack + queue) * PRICES.sqs +
    ledger * PRICES.write +
    bucket * PRICES.put;
  const drained = ((time.nowMs() - OUTAGE.untilMs) / MINUTE_MS).toFixed(1);
  const asked = ledger + bucket + queue + search;
  return `${name}: received ${mostReceives} times at most, ${invocations} invocations of ${(seconds / invocations).toFixed(1)} s, ${asked} requests, $${cost.toFixed(3)}, drained after ${drained} min`;
}
