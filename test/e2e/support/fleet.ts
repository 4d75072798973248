import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { diesWithParent, stopProcess } from "#support/services/processes";

const EVENT_SOURCE = fileURLToPath(new URL("event-source.ts", import.meta.url));

export interface FleetOptions {
  /** Folder of the Node that runs the workers. */
  readonly nodeFolder: string;
  /** The environment of each worker. */
  readonly workers: readonly Readonly<Record<string, string>>[];
  /** Takes what every worker prints. */
  readonly log: string;
}

/** Workers that are started again when they die. */
export interface Fleet {
  /** Kills a worker as a machine dies: without a chance to end anything. */
  kill(worker: number): void;
  /** How often workers ended that nobody killed. */
  readonly failures: number;
  stop(): Promise<void>;
}

/** Starts one process for each worker. */
export function startFleet({ nodeFolder, workers, log }: FleetOptions): Fleet {
  const output = openSync(log, "a");
  const killed = new Set<ChildProcess>();
  let failures = 0;
  let isStopping = false;
  const start = (env: Readonly<Record<string, string>>, at: number): ChildProcess => {
    const [command, args] = diesWithParent(join(nodeFolder, "node"), [
      "--disable-warning=ExperimentalWarning",
      EVENT_SOURCE,
    ]);
    const child = spawn(command, args, {
      env: { PATH: process.env["PATH"], ...env },
      stdio: ["ignore", output, output],
    });
    child.once("exit", () => {
      if (isStopping) return;
      if (!killed.has(child)) failures++;
      children[at] = start(env, at);
    });
    return child;
  };
  const children: ChildProcess[] = [];
  for (const [at, env] of workers.entries()) children.push(start(env, at));
  return {
    kill(worker) {
      const child = children[worker];
      if (child === undefined) return;
      killed.add(child);
      child.kill("SIGKILL");
    },
    get failures() {
      return failures;
    },
    async stop() {
      isStopping = true;
      await Promise.all(children.map(stopProcess));
      closeSync(output);
    },
  };
}
