import type { Io } from "../io.ts";

/** How often the line is drawn anew, in ms. */
const INTERVAL_MS = 100;

/** One line on a terminal that says how far the work is. Draws nothing elsewhere. */
export interface Progress {
  show(text: string): void;
  /** Takes the line away; call it before anything else is written. */
  clear(): void;
}

export function createProgress({ stderr, nowMs }: Pick<Io, "stderr" | "nowMs">): Progress {
  if (stderr.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let drawnMs = Number.NEGATIVE_INFINITY;
  let visible = false;
  return {
    show(text) {
      if (nowMs() - drawnMs < INTERVAL_MS) return;
      drawnMs = nowMs();
      visible = true;
      stderr.write(`\r\u001b[K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    clear() {
      if (visible) stderr.write("\r\u001b[K");
      visible = false;
    },
  };
}
