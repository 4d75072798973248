import type { Refusal, Retry } from "./ports.ts";

/** One document for a search index. */
export interface IndexItem {
  readonly index: string;
  readonly id: string;
  /** `create` keeps the first document of an id; `index` keeps the one with the highest version. */
  readonly action: "create" | { readonly version: bigint };
  readonly document: Uint8Array;
}

/**
 * How writing a document ended.
 *
 * `exists`: the id is taken (`create`), or an equal version is there. `newer`: a higher version is there. After
 * `unknown` it may or may not be written; writing it again is safe.
 */
export type Indexed = "ok" | "exists" | "newer" | "unknown" | Retry | Refusal;

/** A search index that takes documents in batches and tells for each how it went. Result i belongs to item i. */
export interface SearchIndex {
  write(items: readonly IndexItem[], deadlineMs: number): Promise<readonly Indexed[]>;
}
