import type { Envelope, Malformed } from "./envelope.ts";
import { MALFORMED_OVERHEAD_BYTES, MAX_CARRIED_BYTES, MAX_RECORD_ITEMS, mostMalformedBytes } from "./limits.ts";

/** What one record becomes, within what one record may become. */
export interface Collector {
  readonly found: readonly (Envelope | Malformed)[];
  /** True once there was more than one record may become; nothing is added from then on. */
  readonly isSpent: boolean;
  add(result: Envelope | Malformed): void;
  /** Bytes that what the record carries as text may still become. */
  readonly carriedBytesLeft: number;
  /** Counts such bytes; quarantine may hold as many more. */
  addCarried(bytes: number): void;
  /** Gives the record up. */
  spend(): void;
}

/** Starts to collect the results of a record of so many bytes. */
export function createCollector(recordBytes: number): Collector {
  const found: (Envelope | Malformed)[] = [];
  let bytesLeft = mostMalformedBytes(recordBytes);
  let carriedBytesLeft = MAX_CARRIED_BYTES;
  let isSpent = false;
  return {
    found,
    get isSpent() {
      return isSpent;
    },
    add(result) {
      if ("malformed" in result) bytesLeft -= result.body.length + MALFORMED_OVERHEAD_BYTES;
      isSpent ||= found.length === MAX_RECORD_ITEMS || bytesLeft < 0;
      if (!isSpent) found.push(result);
    },
    get carriedBytesLeft() {
      return carriedBytesLeft;
    },
    addCarried(bytes) {
      carriedBytesLeft -= bytes;
      bytesLeft += bytes;
      isSpent ||= carriedBytesLeft < 0;
    },
    spend() {
      isSpent = true;
    },
  };
}
