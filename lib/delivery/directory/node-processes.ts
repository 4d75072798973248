import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { Processes, ProcessName } from "./lock.ts";

/**
 * The processes of this machine, as far as this process can see them: those of other hosts, and of other PID namespaces
 * such as containers, cannot be told and count as alive.
 */
export function nodeProcesses(): Processes {
  const self: ProcessName = {
    host: hostname(),
    machine: orNothing(() => readFileSync("/etc/machine-id", "latin1").trim()),
    boot: orNothing(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()),
    namespace: orNothing(() => readlinkSync("/proc/self/ns/pid")),
    pid: process.pid,
    started: readStatus(process.pid)?.started ?? "",
  };
  return { self, isAlive: (name) => canRun(name, self) && (!isVisible(name, self) || isRunning(name)) };
}

/** Nothing outlives its machine's boot. A name alone does not tell machines apart: containers share host names. */
function canRun({ host, machine, boot, namespace }: ProcessName, self: ProcessName): boolean {
  const isOurMachine = host === self.host && machine !== "" && machine === self.machine;
  return !isOurMachine || namespace !== self.namespace || boot === self.boot;
}

function isVisible(name: ProcessName, self: ProcessName): boolean {
  return name.host === self.host && name.boot === self.boot && name.namespace === self.namespace;
}

function orNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}

function isRunning({ pid, started }: ProcessName): boolean {
  const status = readStatus(pid);
  if (status !== undefined) return !status.isDead && (started === "" || status.started === started);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it: it is there, and somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

interface Status {
  /** In ticks since the machine started. */
  readonly started: string;
  /** It ended, and only its parent has not asked how. */
  readonly isDead: boolean;
}

/** What Linux tells of a process; elsewhere, or of no process, nothing. */
function readStatus(pid: number): Status | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name, in parentheses, can hold anything: the fields behind it are counted from its end.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { started: fields[19] ?? "", isDead: fields[0] === "Z" || fields[0] === "X" };
  } catch {
    return undefined;
  }
}
