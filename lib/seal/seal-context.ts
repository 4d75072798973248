import { encodeContext } from "#keys";

/** Where a sealed value stands. */
export interface SealPlace {
  readonly deliveryId: string;
  /** JSON Pointer (RFC 6901) into the record that leaves, with list positions and map keys; "" for the whole record. */
  readonly path: string;
  readonly processor: string;
}

/** What a seal is bound to: the delivery, the place in the record and the processor, so that it opens nowhere else. */
export function sealContext({ deliveryId, path, processor }: SealPlace): Uint8Array {
  return encodeContext([deliveryId, path, processor]);
}
