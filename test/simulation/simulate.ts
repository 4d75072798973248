import type { Outcome } from "#delivery";
import { type Choices, choicesFrom } from "./choices.ts";
import { type Copy, Inlet } from "./inlet.ts";
import { type Scenario, START_MS, type World } from "./scenario.ts";
import { Scheduler, type Worker } from "./scheduler.ts";

export interface RunResult {
  /** What went wrong; empty = nothing. */
  readonly violations: readonly string[];
  readonly trace: readonly string[];
}

/** Effects after which a run is given up: it does not come to rest. */
const MOST_STEPS = 5_000;
const MOST_WORKERS = 3;
const MOST_DUPLICATES = 3;
const LARGEST_BATCH = 3;

/** Clocks of workers are off by at most this. */
const MOST_SKEW_MS = 2_000;

/** Runs a scenario to its end with these choices and tells what is wrong then. */
export async function simulate(scenario: Scenario, numbers: readonly number[]): Promise<RunResult> {
  const run = new Run(scenario, choicesFrom(numbers));
  const violations = await run.toEnd();
  return { violations, trace: run.scheduler.trace };
}

type Move = () => void | Promise<void>;

class Run {
  readonly scheduler: Scheduler;
  readonly #choices: Choices;
  readonly #world: World;
  readonly #inlet = new Inlet();
  readonly #workers: Worker[] = [];
  #duplicates = 0;
  #broken: string | undefined;

  constructor(scenario: Scenario, choices: Choices) {
    this.#choices = choices;
    this.scheduler = new Scheduler(choices, START_MS);
    this.#world = scenario.begin(this.scheduler);
    for (const event of this.#world.events) this.#inlet.add(event, START_MS);
  }

  async toEnd(): Promise<readonly string[]> {
    for (let step = 0; step < MOST_STEPS; step++) {
      const moves = this.#moves();
      const move = moves[this.#choices.pick(moves.length)];
      if (move === undefined) return this.#check();
      await move();
    }
    return ["it does not come to rest"];
  }

  #check(): readonly string[] {
    const settled = this.#inlet.copies.map(({ event, settled: outcome }) => [event, outcome as Outcome] as const);
    const rest = this.#inlet.isEmpty ? [] : ["messages are left"];
    return [...(this.#broken === undefined ? [] : [this.#broken]), ...rest, ...this.#world.check(settled)];
  }

  /** Everything that can happen next; the first is what happens in a dull world. None = it has come to rest. */
  #moves(): readonly Move[] {
    const moves: Move[] = this.scheduler.ready().map((task) => () => this.scheduler.run(task));
    if (this.#alive().length < MOST_WORKERS && this.#visible().length > 0) moves.push(() => this.#startWorker());
    const nextMs = this.#nextMs();
    if (nextMs !== undefined) moves.push(() => this.#advance(nextMs));
    if (!this.#choices.spent && this.#duplicates < MOST_DUPLICATES) moves.push(() => this.#duplicate());
    if (!this.#choices.spent && nextMs !== undefined) moves.push(() => this.#jump());
    return moves;
  }

  #visible(): readonly Copy[] {
    return this.#inlet.visible(this.scheduler.nowMs);
  }

  #alive(): readonly Worker[] {
    return this.#workers.filter(({ crashed }) => !crashed);
  }

  #nextMs(): number | undefined {
    const times = [this.scheduler.nextMs(), this.#inlet.nextMs(this.scheduler.nowMs)].filter((ms) => ms !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #advance(ms: number): void {
    this.scheduler.advanceTo(ms);
    this.#world.passTime?.(ms);
  }

  /** Hours pass: leases end, entries and objects reach their age. No worker lives that long. */
  #jump(): void {
    const hours = 1 + this.#choices.pick(30);
    for (const worker of this.#alive()) this.scheduler.crash(worker);
    this.#advance(this.scheduler.nowMs + hours * 3_600_000);
  }

  /** The feed, the bus or a replay sends an event again. */
  #duplicate(): void {
    const event = this.#world.events[this.#choices.pick(this.#world.events.length)];
    if (event === undefined) return;
    this.#duplicates++;
    this.scheduler.note(`event ${event.ledgerId} comes again`);
    this.#inlet.add(event, this.scheduler.nowMs);
  }

  #startWorker(): Promise<void> {
    const skewMs = [0, MOST_SKEW_MS, -MOST_SKEW_MS][this.#choices.pick(3)] ?? 0;
    const worker: Worker = { name: `w${this.#workers.length}`, skewMs, crashed: false, stalledUntilMs: 0 };
    this.#workers.push(worker);
    const batch = this.#takeBatch();
    this.scheduler.note(`${worker.name} takes ${batch.map(({ event }) => event.ledgerId).join(", ")}`);
    void this.#work(worker, batch);
    return new Promise((resolve) => setImmediate(resolve));
  }

  #takeBatch(): readonly Copy[] {
    const visible = [...this.#visible()];
    const batch: Copy[] = [];
    const size = 1 + ((LARGEST_BATCH - 1 + this.#choices.pick(LARGEST_BATCH)) % LARGEST_BATCH);
    while (batch.length < size && visible.length > 0) {
      batch.push(...visible.splice(this.#choices.pick(visible.length), 1));
    }
    this.#inlet.take(batch, this.scheduler.nowMs);
    return batch;
  }

  async #work(worker: Worker, batch: readonly Copy[]): Promise<void> {
    const sink = this.#world.sinkFor(worker);
    const deadlineMs = this.scheduler.nowMs + worker.skewMs + 60_000;
    try {
      const outcomes = await sink.deliver(
        batch.map(({ event }) => event),
        deadlineMs,
      );
      await this.scheduler.effect(worker, "settles its batch", async () => {
        this.#inlet.settle(batch, outcomes, this.scheduler.nowMs);
      });
    } catch (error) {
      this.#broken = `a worker failed: ${error instanceof Error ? error.message : "unknown"}`;
    }
    worker.crashed = true;
  }
}
