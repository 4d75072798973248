import type { Envelope } from "#feeds";

/** When the events of tests happen. */
export const EVENT_TIME = "2026-03-01T12:00:00.000Z";

/** Makes an envelope of a JSON text, a value or raw bytes. */
export function eventOf(body: unknown, facts: Partial<Omit<Envelope, "body">> = {}): Envelope {
  return {
    feed: "AUTH0_EVENTS",
    sourceId: "evt_0000000000000000000001",
    type: "user.updated",
    timeMs: Date.parse(EVENT_TIME),
    tenant: "acme",
    test: false,
    subjects: [],
    ...facts,
    body: bodyOf(body),
  };
}

function bodyOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
}
