import type { ErrorCode } from "#errors";
import { type Outcome, retry, UNANSWERED } from "../outcome.ts";
import type { Clock, Random, Sink } from "../ports.ts";

export interface Probing {
  readonly clock: Pick<Clock, "nowMs">;
  readonly random: Random;
  /** Longest time that asking with one delivery may take. */
  readonly probeMs: number;
}

/** Why a delivery is tried again where its sink, or what the sink stands on, is to blame. */
const OUTAGE_CODES: ReadonlySet<ErrorCode> = new Set([
  "LEDGER_UNKNOWN",
  "OUT_OF_TIME",
  "SINK_DENIED",
  "SINK_FAILED",
  "SINK_THROTTLED",
  "SINK_UNKNOWN",
  "STORE_UNKNOWN",
]);

/**
 * Asks a sink that took nothing of the last batch with one delivery before it is given the rest.
 *
 * So while a sink is down, a batch costs one delivery and a bounded time. It is picked at random: one that would be
 * refused at any time must not stand for all. The others are retried for the same reason.
 */
export function probeFirst(sink: Sink, { clock, random, probeMs }: Probing): Sink {
  let isDown = false;
  const deliver: Sink["deliver"] = async (batch, deadlineMs) => {
    try {
      const outcomes = await sink.deliver(batch, deadlineMs);
      isDown = tellsOutage(outcomes) ?? isDown;
      return outcomes;
    } catch (failure) {
      isDown = true;
      throw failure;
    }
  };
  return {
    async deliver(batch, deadlineMs) {
      if (!isDown || batch.length === 0) return deliver(batch, deadlineMs);
      const at = pick(batch.length, random);
      const probeUntilMs = Math.min(deadlineMs, clock.nowMs() + probeMs);
      const [probe = UNANSWERED] = await deliver(batch.slice(at, at + 1), probeUntilMs);
      const rest = batch.toSpliced(at, 1);
      if (rest.length === 0) return [probe];
      const outcomes = tellsOutage([probe]) ? rest.map(() => alike(probe)) : await deliver(rest, deadlineMs);
      return outcomes.toSpliced(at, 0, probe);
    },
  };
}

function pick(count: number, random: Random): number {
  return Buffer.from(random(4)).readUInt32LE() % count;
}

/** What others have claimed, or had before, says nothing of the sink behind the ledger: undefined. */
function tellsOutage(outcomes: readonly Outcome[]): boolean | undefined {
  if (outcomes.some(({ kind }) => kind === "delivered" || kind === "rejected")) return false;
  return outcomes.some((outcome) => outcome.kind === "retry" && OUTAGE_CODES.has(outcome.code)) || undefined;
}

/** How long to wait for the probe's own claim concerns nobody else. */
function alike(probe: Outcome): Outcome {
  return probe.kind === "retry" ? retry(probe.code) : UNANSWERED;
}
