import type { FeedName, Path } from "#plan";
import type { ChannelKind, Form, FormFacts } from "./form.ts";
import { withPaths } from "./form-paths.ts";
import { AUTH0_PARTNER, EVENTS_SOURCE, LOGS_SOURCE } from "./partner-source.ts";

/** `urn:auth0:<tenant>.<domain>`; recorded domains: `auth0.com`, `eu.auth0.com`, `sus.auth0.com`, `auth0app.com`. */
const CLOUD_EVENT_SOURCE = /^urn:auth0:(?<tenant>.+?)(?:\.[a-z0-9]{2,4})?\.auth0(?:app)?\.com$/;

/** Log types whose `user_id` is the administrator, or the administrator's program. */
const BY_ADMINISTRATORS: readonly string[] = ["sapi", "fapi", "mgmt_api_read"];

const EVENTS_ENVELOPE = eventStreamsEvent(["detail"]);
const EVENTS_COPY = eventStreamsEvent(["event"]);
const LOGS_ENVELOPE = tenantLog(["detail", "data"]);
const LOGS_RECORD = tenantLog(["data"]);
const LOGS_BARE = tenantLog([]);

interface Fed<Feed extends FeedName> {
  readonly feed: Feed;
}

type FormOf<Feed extends FeedName> = Form & Fed<Feed>;

/** The forms of each feed; of a feed without any, nothing can be read. */
export const FORMS: { readonly [Feed in FeedName]: readonly FormOf<Feed>[] } = {
  AUTH0_EVENTS: forms(
    {
      ...EVENTS_ENVELOPE,
      name: "Event Streams on EventBridge",
      channels: ["partner_bus", "replay", "files"],
      when: [
        { at: [["source"]], kind: "string", prefix: AUTH0_PARTNER, suffix: EVENTS_SOURCE.suffix },
        { at: [["detail"]], kind: "object" },
      ],
      tenant: [
        { path: ["detail", "a0tenant"] },
        { path: ["source"], pattern: EVENTS_SOURCE.pattern },
        { path: ["detail", "source"], pattern: CLOUD_EVENT_SOURCE },
      ],
      streams: [["detail", "a0stream"], ["source"]],
      replay: ["replay-name"],
    },
    {
      ...eventStreamsEvent([]),
      name: "CloudEvent",
      channels: ["webhook", "replay", "files"],
      when: [{ at: [["specversion"]], kind: "string" }],
    },
    {
      ...EVENTS_COPY,
      name: "CloudEvent of the Events API or of a failed delivery",
      channels: ["replay", "files"],
      when: [{ at: [["event", "specversion"]], kind: "string" }],
      streams: [...EVENTS_COPY.streams, ["event_stream_id"]],
    },
  ),
  AUTH0_LOGS: forms(
    {
      ...LOGS_ENVELOPE,
      name: "Log Streams on EventBridge",
      channels: ["partner_bus", "replay", "files"],
      when: [
        { at: [["source"]], kind: "string", prefix: AUTH0_PARTNER, suffix: LOGS_SOURCE.suffix },
        { at: [["detail", "data"]], kind: "object" },
      ],
      id: [...LOGS_ENVELOPE.id, ["detail", "log_id"]],
      time: [...LOGS_ENVELOPE.time, { path: ["detail", "log_id"], as: "LOG_ID" }],
      tenant: [...LOGS_ENVELOPE.tenant, { path: ["source"], pattern: LOGS_SOURCE.pattern }],
      streams: [["source"]],
      replay: ["replay-name"],
    },
    {
      ...LOGS_RECORD,
      name: "log record",
      channels: ["webhook", "replay", "files"],
      when: [
        { at: [["log_id"], ["data", "log_id"]], kind: "string" },
        { at: [["data"]], kind: "object" },
      ],
      id: [...LOGS_RECORD.id, ["log_id"]],
      time: [...LOGS_RECORD.time, { path: ["log_id"], as: "LOG_ID" }],
    },
    {
      ...LOGS_BARE,
      name: "log record of the Management API",
      channels: ["webhook", "replay", "files"],
      when: [
        { at: [["log_id"], ["_id"]], kind: "string" },
        { at: [["date"], ["type"]], kind: "string" },
      ],
    },
  ),
  KRATOS: [],
  CUSTOM: forms({
    name: "EventBridge event of another source",
    feed: "CUSTOM",
    channels: ["partner_bus", "replay", "files"],
    when: [
      { at: [["source"]], kind: "string", notPrefix: AUTH0_PARTNER },
      { at: [["detail-type"]], kind: "string" },
      { at: [["detail"]], kind: "object" },
    ],
    body: ["detail"],
    id: [["id"]],
    type: ["detail-type"],
    time: [{ path: ["time"], as: "RFC_3339" }],
    tenant: [],
    streams: [],
    subjects: [],
    replay: ["replay-name"],
    source: ["source"],
  }),
};

/**
 * Every form there is; the first whose conditions hold reads the record. The event of a bus comes before what could stand
 * in it.
 *
 * An EventBridge event is recognised by its source, never by its detail-type, which Auth0 does not document.
 */
export const FORMS_IN_ORDER: readonly Form[] = [true, false].flatMap((isOfBus) =>
  Object.values(FORMS)
    .flat()
    .filter(({ channels }) => channels.includes("partner_bus") === isOfBus),
);

/** The kinds of channel whose records may be JSON lines. */
export const LINES_CHANNELS: readonly ChannelKind[] = ["webhook", "files"];

function forms<Feed extends FeedName>(...facts: readonly (FormFacts & Fed<Feed>)[]): readonly FormOf<Feed>[] {
  return facts.map((form) => ({ ...withPaths(form), feed: form.feed }));
}

/** What a CloudEvent of Event Streams says of itself, wherever it stands. */
function eventStreamsEvent(body: Path) {
  const at = (...names: string[]): Path => [...body, ...names];
  return {
    feed: "AUTH0_EVENTS",
    body,
    id: [at("id")],
    type: at("type"),
    time: [{ path: at("time"), as: "RFC_3339" }],
    tenant: [{ path: at("a0tenant") }, { path: at("source"), pattern: CLOUD_EVENT_SOURCE }],
    streams: [at("a0stream")],
    test: { path: at("a0purpose"), text: "test" },
    subjects: [
      { role: "TARGET", path: at("data", "object", "user_id") },
      { role: "TARGET", path: at("data", "object", "user", "user_id") },
      {
        role: "TARGET",
        path: at("data", "object", "member", "id"),
        unless: { path: at("data", "object", "member", "member_type"), text: "connection" },
      },
    ],
  } as const satisfies Partial<FormFacts>;
}

/** What a tenant log says of itself, wherever it stands. */
function tenantLog(body: Path) {
  const at = (...names: string[]): Path => [...body, ...names];
  return {
    feed: "AUTH0_LOGS",
    body,
    id: [at("log_id"), at("_id")],
    type: at("type"),
    time: [
      { path: at("date"), as: "RFC_3339" },
      { path: at("log_id"), as: "LOG_ID" },
    ],
    tenant: [{ path: at("tenant_name") }],
    streams: [],
    subjects: [
      { role: "TARGET", path: at("user_id"), otherwise: { role: "ACTOR", types: BY_ADMINISTRATORS } },
      { role: "ACTOR", path: at("details", "request", "auth", "user", "user_id") },
    ],
  } as const satisfies Partial<FormFacts>;
}
