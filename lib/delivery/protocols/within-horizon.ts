import { type Outcome, rejected } from "../outcome.ts";
import type { Clock, Delivery, Sink } from "../ports.ts";

export interface Horizon {
  readonly clock: Clock;
  /** How long the ledger remembers. */
  readonly rememberMs: number;
  /** Longer than a worker lives, clock skew included: so long after this check it may still write its claim. */
  readonly marginMs: number;
}

/**
 * Refuses events that are older than the ledger remembers, before a sink that relies on it.
 *
 * Nobody can tell whether such an event was delivered before. It goes to quarantine (`OLDER_THAN_LEDGER`) and can be
 * delivered into a new generation.
 */
export function withinHorizon(sink: Sink, { clock, rememberMs, marginMs }: Horizon): Sink {
  return {
    async deliver(batch, deadlineMs) {
      const oldestMs = clock.nowMs() - rememberMs + marginMs;
      const known = batch.filter(({ timeMs }) => timeMs >= oldestMs);
      const delivered = await sink.deliver(known, deadlineMs);
      const outcomes = new Map<Delivery, Outcome | undefined>(
        known.map((delivery, position) => [delivery, delivered[position]]),
      );
      return batch.map((delivery) => outcomes.get(delivery) ?? rejected("OLDER_THAN_LEDGER"));
    },
  };
}
