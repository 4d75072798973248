import type { Class, FeedName, Kind, Path } from "#plan";

/** What an event says of itself, as its feed writes it. */
export interface EventPartFacts {
  /** Where it stands in the inner event, as schemas see it; none where it stands around the event alone. */
  readonly paths: readonly Path[];
  /** What it is where no schema says so. */
  readonly class: Class;
  readonly kind: Kind;
}

export type EventPartName = "id" | "type" | "time" | "tenant" | "source";

const ID = { class: "IDENTIFIER", kind: "EVENT_ID" } as const;
const TIME = { class: "INTERNAL", kind: "TIMESTAMP" } as const;
const TENANT = { class: "INTERNAL", kind: "TENANT" } as const;

/**
 * The parts of the events of each feed. What a schema declares at one of the paths is decided as that field is, and the first
 * that it declares counts; anything else by the class and kind that stand here. A part that is not here leaves nowhere.
 */
export const EVENT_PARTS: Readonly<Record<FeedName, Readonly<Partial<Record<EventPartName, EventPartFacts>>>>> = {
  AUTH0_EVENTS: {
    id: { paths: [["id"]], ...ID },
    type: { paths: [["type"]], class: "PUBLIC", kind: "CODE" },
    time: { paths: [["time"]], ...TIME },
    tenant: { paths: [["a0tenant"]], ...TENANT },
  },
  AUTH0_LOGS: {
    id: { paths: [["log_id"], ["_id"]], ...ID },
    type: { paths: [["type"]], class: "PUBLIC", kind: "CODE" },
    time: { paths: [["date"]], ...TIME },
    tenant: { paths: [["tenant_name"]], ...TENANT },
  },
  KRATOS: {},
  CUSTOM: {
    id: { paths: [], ...ID },
    type: { paths: [], class: "INTERNAL", kind: "CODE" },
    time: { paths: [], ...TIME },
    source: { paths: [], class: "INTERNAL", kind: "CODE" },
  },
};
