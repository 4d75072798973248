import type { Choices } from "./choices.ts";

/** One worker of the simulation: a sequence of effects that can stop for ever after any of them. */
export interface Worker {
  readonly name: string;
  /** How far its clock is from the true one, in ms. */
  readonly skewMs: number;
  crashed: boolean;
  /** It does nothing before this time. */
  stalledUntilMs: number;
}

interface Task {
  readonly worker: Worker;
  readonly label: string;
  readonly readyMs: number;
  run(): Promise<void>;
}

/**
 * Runs what workers do one effect at a time, in an order that the choices decide. Time moves only when it is told to.
 *
 * A worker is ordinary asynchronous code whose every effect is a task here; it cannot tell the simulation from the world.
 */
export class Scheduler {
  readonly choices: Choices;
  readonly trace: string[] = [];
  nowMs: number;
  #tasks: Task[] = [];

  constructor(choices: Choices, startMs: number) {
    this.choices = choices;
    this.nowMs = startMs;
  }

  /** Puts an effect of a worker in line and resolves with its result once it was its turn. */
  effect<T>(worker: Worker, label: string, run: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const task = async (): Promise<void> => {
        try {
          resolve(await run());
        } catch (error) {
          reject(error);
        }
      };
      this.#tasks.push({ worker, label, readyMs: this.nowMs, run: task });
    });
  }

  /** Resolves when the time has come; the worker can crash while it waits. */
  sleep(worker: Worker, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const run = async (): Promise<void> => resolve();
      this.#tasks.push({ worker, label: "wakes up", readyMs: this.nowMs + ms, run });
    });
  }

  /** Tasks that could run now. */
  ready(): readonly Task[] {
    this.#tasks = this.#tasks.filter(({ worker }) => !worker.crashed);
    return this.#tasks.filter(({ worker, readyMs }) => readyMs <= this.nowMs && worker.stalledUntilMs <= this.nowMs);
  }

  /** When the next task could run that cannot run now. */
  nextMs(): number | undefined {
    const times = this.#tasks
      .filter(({ worker }) => !worker.crashed)
      .map(({ readyMs, worker }) => Math.max(readyMs, worker.stalledUntilMs))
      .filter((ms) => ms > this.nowMs);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  async run(task: Task): Promise<void> {
    this.#tasks = this.#tasks.filter((other) => other !== task);
    this.note(`${task.worker.name} ${task.label}`);
    void task.run();
    await settled();
  }

  crash(worker: Worker): void {
    worker.crashed = true;
    this.note(`${worker.name} crashes`);
  }

  stall(worker: Worker, ms: number): void {
    worker.stalledUntilMs = this.nowMs + ms;
    this.note(`${worker.name} stalls for ${ms} ms`);
  }

  advanceTo(ms: number): void {
    this.nowMs = Math.max(this.nowMs, ms);
    this.note(`it is ${new Date(this.nowMs).toISOString()}`);
  }

  note(what: string): void {
    this.trace.push(what);
  }
}

/** Lets everything that follows from the last effect happen, up to the next effects. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
