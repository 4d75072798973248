import type { InputProgress } from "../input/index.ts";

const MEGABYTE = 1e6;

/** Writes how far a run is: `12,000 events, 34 of 200 MB (17 %)`. */
export function describeProgress(events: number, { bytesRead, totalBytes }: InputProgress): string {
  const read = formatCount(Math.floor(bytesRead / MEGABYTE));
  if (totalBytes === undefined || totalBytes === 0) return `${formatCount(events)} events, ${read} MB`;
  const share = Math.floor((100 * bytesRead) / totalBytes);
  return `${formatCount(events)} events, ${read} of ${formatCount(Math.ceil(totalBytes / MEGABYTE))} MB (${share} %)`;
}

/** Writes a number with a comma between thousands, whatever the machine's language is. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
