import type { Delivery, Outcome } from "#delivery";

/** One copy of an event in the queue before the workers. */
export interface Copy {
  readonly event: Delivery;
  visibleMs: number;
  settled: Outcome | undefined;
}

/** How long a message that was taken stays away: longer than a worker may live. */
const VISIBILITY_MS = 90_000;

/** How long a message waits that was given back without saying for how long. */
const GIVEN_BACK_MS = 1_000;

/** The queue before the workers: at least once, in any order, back after a while when nobody deletes it. */
export class Inlet {
  readonly copies: Copy[] = [];

  add(event: Delivery, visibleMs: number): void {
    this.copies.push({ event, visibleMs, settled: undefined });
  }

  visible(nowMs: number): readonly Copy[] {
    return this.copies.filter(({ visibleMs, settled }) => settled === undefined && visibleMs <= nowMs);
  }

  nextMs(nowMs: number): number | undefined {
    const times = this.copies.filter(({ settled }) => settled === undefined).map(({ visibleMs }) => visibleMs);
    const later = times.filter((ms) => ms > nowMs);
    return later.length === 0 ? undefined : Math.min(...later);
  }

  take(copies: readonly Copy[], nowMs: number): void {
    for (const copy of copies) copy.visibleMs = nowMs + VISIBILITY_MS;
  }

  /** Deletes what is settled for good and gives the rest back. */
  settle(copies: readonly Copy[], outcomes: readonly Outcome[], nowMs: number): void {
    for (const [position, copy] of copies.entries()) {
      const outcome = outcomes[position];
      if (outcome?.kind === "retry") {
        copy.visibleMs = nowMs + (outcome.afterMs ?? GIVEN_BACK_MS);
      } else {
        copy.settled = outcome;
      }
    }
  }

  get isEmpty(): boolean {
    return this.copies.every(({ settled }) => settled !== undefined);
  }
}
