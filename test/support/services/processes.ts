import { type ChildProcess, spawnSync } from "node:child_process";

/** Runs a command to its end and returns what it printed; fails with both streams when it does not exit with 0. */
export function run(command: string, args: readonly string[], options: { readonly cwd?: string } = {}): string {
  const result = spawnSync(command, args, { encoding: "utf8", ...options });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0)
    throw new Error(`${command} exited with ${result.status}\n${result.stdout}\n${result.stderr}`);
  return result.stdout;
}

/** Puts `setpriv` before a command where there is one, so that the kernel ends it when its parent dies. */
export function diesWithParent(command: string, args: readonly string[]): readonly [string, readonly string[]] {
  const works = spawnSync("setpriv", ["--pdeathsig", "SIGKILL", "true"], { stdio: "ignore" }).status === 0;
  return works ? ["setpriv", ["--pdeathsig", "SIGKILL", "--", command, ...args]] : [command, args];
}

/** Stops a process: TERM, then KILL when it has not gone after five seconds. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await gone;
  clearTimeout(timer);
}

/** Calls `check` until it returns something or the time is over. */
export async function until<T>(what: string, timeoutMs: number, check: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await check();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`expected ${what} within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
