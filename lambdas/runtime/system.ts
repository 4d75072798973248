import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock, Random } from "#delivery";

/** The machine's clock. */
export const systemClock: Clock = { nowMs: () => Date.now(), sleep: (ms) => sleep(ms) };

/** Random bytes of the machine, fit for keys and nonces. */
export const systemRandom: Random = (length) => randomBytes(length);
