import type { Answer } from "./answer.ts";

/** One document for a search index. */
export interface IndexItem {
  readonly index: string;
  readonly id: string;
  /** `create` keeps the first document of an id; the other keeps the one with the greatest order. */
  readonly action: "create" | { readonly order: string };
  readonly document: Uint8Array;
}

/** What an index says of one document. After `unknown` it may or may not be there; writing it again is safe. */
export type IndexAnswer = Answer<"ok" | "exists" | "newer" | "unknown" | "retry" | "rejected">;

/** A search index that takes documents in batches and tells for each how it went. Answer i belongs to item i. */
export interface SearchIndex {
  write(items: readonly IndexItem[], deadlineMs: number): Promise<readonly IndexAnswer[]>;
}
