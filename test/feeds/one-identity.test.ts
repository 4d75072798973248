import { describe, expect, it } from "vitest";
import type { Channel, Envelope } from "#feeds";
import { CARRIED } from "./carried.ts";
import { envelopeOf, FILES, LOG_ID, PARTNER, readOne, SUCCESS_LOGIN, USER_UPDATED, without } from "./records.ts";

const TENANT = "acme.eu.auth0.com";
const UNNAMED = without(SUCCESS_LOGIN, "tenant_name");

describe("an event is one, whatever form it came in", () => {
  it.each(pairsOf(logForms({ ...SUCCESS_LOGIN, tenant_name: TENANT })))("a log: %s, %s", (_, __, one, other) => {
    expect(identityOf(readOne(one))).toEqual(identityOf(readOne(other)));
  });

  it.each(pairsOf(logForms(UNNAMED)))(
    "a log whose tenant is told where it is not named: %s, %s",
    (_, __, one, other) => {
      const files: Channel = { ...FILES, unnamedTenant: TENANT };
      expect(identityOf(readOne(one, files))).toEqual(identityOf(readOne(other, files)));
    },
  );

  it.each(pairsOf(eventForms(USER_UPDATED)))("an event: %s, %s", (_, __, one, other) => {
    expect(identityOf(readOne(one))).toEqual(identityOf(readOne(other)));
  });

  it.each(Object.entries({ ...logForms(SUCCESS_LOGIN), ...eventForms(USER_UPDATED) }))(
    "%s, and whatever carries it as text",
    (_, record) => {
      for (const carry of Object.values(CARRIED)) {
        expect(identityOf(readOne(carry([record])))).toEqual(identityOf(readOne(record)));
      }
    },
  );
});

/** The forms of one log, by name; `GET /logs` adds fields of its own. */
function logForms(data: object): Readonly<Record<string, unknown>> {
  const record = { log_id: LOG_ID, data };
  return {
    EventBridge: envelopeOf(`${PARTNER}/auth0.logs`, record),
    "log record": record,
    "log record without an id inside": { log_id: LOG_ID, data: without(data, "log_id") },
    "Management API": { ...data, _id: LOG_ID, isMobile: false, connection: null },
    "Management API, _id alone": { ...without(data, "log_id"), _id: LOG_ID },
    "page of the Management API": [{ ...data, _id: LOG_ID }],
    "webhook array": [record],
    "webhook object": { logs: [record] },
    "webhook lines": `${JSON.stringify(record)}\n`,
  };
}

function eventForms(event: object): Readonly<Record<string, unknown>> {
  return {
    EventBridge: envelopeOf(`${PARTNER}/auth0.events`, event),
    webhook: event,
    "webhooks in an array": [event],
    "Events API": { offset: "opaque", event },
    "failed delivery": { deliveries: [{ id: "evt_delivery", event_stream_id: "est_1", event }] },
  };
}

function pairsOf(forms: Readonly<Record<string, unknown>>): readonly [string, string, unknown, unknown][] {
  const entries = Object.entries(forms);
  return entries.flatMap(([name, one], index) =>
    entries.slice(index + 1).map(([also, other]): [string, string, unknown, unknown] => [name, also, one, other]),
  );
}

/** What source identities and delivery ids are made of, and what orders and erases. */
function identityOf({ feed, tenant, sourceId, type, timeMs, subjects }: Envelope): object {
  return { feed, tenant, sourceId, type, timeMs, subjects };
}
