import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Processes, ProcessName } from "./lock.ts";

/** The processes of this machine; those of other hosts cannot be told and count as alive. */
export function nodeProcesses(): Processes {
  const self = { host: hostname(), pid: process.pid, started: readStatus(process.pid)?.started ?? "" };
  return { self, isAlive: (name) => name.host !== self.host || isRunning(name) };
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
