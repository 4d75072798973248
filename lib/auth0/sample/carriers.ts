import { escapeUnit } from "#json";
import { HEX, type SeededChoices } from "./random.ts";
import type { SampleWorld } from "./world.ts";

/** What brings events: EventBridge, a webhook, or an answer of GET /api/v2/logs, which has log events only. */
export const SAMPLE_CARRIERS = ["eventbridge", "webhook", "logs"] as const;
export type SampleCarrier = (typeof SAMPLE_CARRIERS)[number];

/** An event and what a carrier has to know of it. */
export interface Carried {
  readonly feed: "events" | "logs";
  readonly id: string;
  readonly timeMs: number;
  readonly event: object;
}

interface Setting {
  readonly carrier: SampleCarrier;
  readonly random: SeededChoices;
  readonly world: SampleWorld;
}

/** Writes an event as its carrier would, as one line of JSON. */
export function writeCarried(carried: Carried, { carrier, random, world }: Setting): string {
  const text = JSON.stringify(WRAPPERS[carrier](carried, { random, world }));
  return random.chance(0.25) ? escapeNonAscii(text) : text;
}

const WRAPPERS: Readonly<Record<SampleCarrier, (carried: Carried, setting: Omit<Setting, "carrier">) => object>> = {
  eventbridge: (carried, { random, world }) => ({
    version: "0",
    id: [8, 4, 4, 4, 12].map((length) => random.text(HEX, length)).join("-"),
    "detail-type": carried.feed === "logs" ? "Auth0 log" : "Auth0 event",
    source: `aws.partner/auth0.com/${world.tenant}-${world.sourceId}/auth0.${carried.feed}`,
    account: "123456789012",
    time: new Date(carried.timeMs + 1000).toISOString().replace(/\.\d+Z$/, "Z"),
    region: "eu-west-1",
    resources: [],
    detail: toBody(carried),
  }),
  webhook: toBody,
  logs: ({ id, event }) => ({ ...event, _id: id }),
};

function toBody({ feed, id, event }: Carried): object {
  return feed === "logs" ? { log_id: id, data: event } : event;
}

/** The same JSON with other characters than ASCII written as escapes, as some senders do. */
function escapeNonAscii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, escapeUnit);
}
