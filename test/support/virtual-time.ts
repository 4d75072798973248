import type { Clock } from "#delivery";

interface Timer {
  readonly atMs: number;
  run(): void;
}

/** Turns of the event loop in which nothing happens before everything is taken to be waiting. */
const QUIET_TURNS = 4;

/** A clock that jumps to the next moment somebody waits for, once nothing else is left to do. */
export class VirtualTime implements Clock {
  #nowMs: number;
  readonly #timers: Timer[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs = (): number => this.#nowMs;

  sleep = (ms: number): Promise<void> => new Promise((resolve) => this.#after(ms, resolve));

  /** What `AbortSignal.timeout` is in this time. */
  timeout = (ms: number): AbortSignal => {
    const controller = new AbortController();
    this.#after(ms, () => controller.abort(new DOMException("out of time", "TimeoutError")));
    return controller.signal;
  };

  jumpTo(ms: number): void {
    this.#nowMs = Math.max(this.#nowMs, ms);
  }

  /** Lets time pass until the work is done. */
  async pass<Of>(work: Promise<Of>): Promise<Of> {
    let isDone = false;
    const end = () => {
      isDone = true;
    };
    work.then(end, end);
    while (!isDone) {
      for (let turn = 0; turn < QUIET_TURNS && !isDone; turn++) await nextTurn();
      if (!isDone) this.#fireNext();
    }
    return work;
  }

  #fireNext(): void {
    const timer = this.#timers.shift();
    if (timer === undefined) return;
    this.jumpTo(timer.atMs);
    timer.run();
  }

  #after(ms: number, run: () => void): void {
    const atMs = this.#nowMs + ms;
    const at = this.#timers.findLastIndex((timer) => timer.atMs <= atMs) + 1;
    this.#timers.splice(at, 0, { atMs, run });
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
