import { rejected } from "../outcome.ts";
import type { Clock, Sink } from "../ports.ts";
import { refuseFirst } from "./refuse-first.ts";

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
  const isForgotten = (timeMs: number) => timeMs < clock.nowMs() - rememberMs + marginMs;
  return refuseFirst(sink, ({ timeMs }) => (isForgotten(timeMs) ? rejected("OLDER_THAN_LEDGER") : undefined));
}
