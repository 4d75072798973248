/** A message that is not done with. */
export interface Unfinished {
  /** What the queue gave with the message, to name this one receiving of it. */
  readonly receipt: string;
  /** How long nobody should be given the message. */
  readonly afterMs: number;
}

/**
 * Tells the queue that messages came from when to give them out again.
 *
 * Without it, and where it fails, they come back when their visibility timeout is over. Never throws, and begins no request
 * after the deadline (ms since the epoch; absent = none).
 */
export type GiveBack = (messages: readonly Unfinished[], deadlineMs?: number) => Promise<void>;
