/** What random bytes are for: no draw shifts another, so that two runs can be compared byte for byte. */
export interface RandomLabel {
  /** Processor and generation, or whatever else writes. */
  readonly plan: string;
  readonly delivery: string;
  /** JSON Pointer into what leaves; "" for the whole record. */
  readonly path: string;
  readonly purpose: string;
}

/**
 * Returns random bytes.
 *
 * Whoever makes runs that repeat derives them from the label, and draws without one in their order; elsewhere the label
 * has no effect.
 */
export type LabelledRandom = (length: number, label: RandomLabel) => Uint8Array;
