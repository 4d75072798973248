import { describe, expect, it } from "vitest";
import { readChannel } from "#lambdas/enforcer/read-channel";

describe("readChannel", () => {
  it("reads kind, feeds, tenants and streams, and nothing else", () => {
    const channel = { kind: "partner_bus", feeds: ["AUTH0_EVENTS"], tenants: ["acme"], streams: ["est_1"] };
    expect(readChannel(JSON.stringify({ ...channel, extra: 1 }))).toEqual(channel);
  });

  it.each([
    "no JSON",
    "null",
    "{}",
    '{"kind":"partner_bus","feeds":[]}',
    '{"kind":"partner_bus","feeds":["AUTH0"]}',
    '{"kind":"partner_bus","feeds":"AUTH0_EVENTS"}',
    '{"kind":"files","feeds":["AUTH0_EVENTS"]}',
    '{"kind":"partner_bus","feeds":["AUTH0_EVENTS"],"tenants":"acme"}',
    '{"kind":"partner_bus","feeds":["AUTH0_EVENTS"],"streams":[1]}',
  ])("refuses %s, rather than letting everything in", (json) => {
    expect(() => readChannel(json)).toThrow(
      "expected CHANNEL as JSON with a kind (partner_bus, webhook, replay) and feeds (AUTH0_EVENTS, AUTH0_LOGS, KRATOS, CUSTOM), got something else: deploy again",
    );
  });
});
