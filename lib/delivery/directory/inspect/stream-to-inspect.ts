import type { Extent } from "../extent.ts";
import type { Files } from "../files.ts";
import type { StreamFacts } from "./inspect-journal.ts";

/** One stream's output, and what is known of it. */
export interface StreamToInspect {
  readonly files: Files;
  readonly processor: string;
  readonly folder: string;
  /** Path of its log of states or of what waits for an object, and how the checkpoint knows it. */
  readonly frames: string;
  readonly known: Extent;
  readonly facts: StreamFacts;
  readonly isClosed: boolean;
  /** Read every byte, not sizes only. */
  readonly contents: boolean;
}
