/** Measures what a function takes of this process's processor time, in ms: waiting for others on a busy machine does not count. */
export function cpuMsOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
