import { createHash } from "node:crypto";
import type { Delivery } from "#delivery";

export const EVENT_TIME_MS = Date.UTC(2026, 0, 31, 23, 15);

/** An id as ledgers and consumers see them: 43 characters of base64url. */
export function idOf(name: string): string {
  return createHash("sha256").update(name).digest("base64url");
}

/** A delivery of an event; the same name gives the same ids. */
export function deliveryOf(name: string, rest: Partial<Delivery> = {}): Delivery {
  return {
    ledgerId: idOf(`ledger ${name}`),
    deliveryId: idOf(`delivery ${name}`),
    payload: Buffer.from(JSON.stringify({ name })),
    deleted: false,
    timeMs: EVENT_TIME_MS,
    feed: "AUTH0_EVENTS",
    envelope: {},
    attributes: {},
    ...rest,
  };
}
