import { describe, expect, it } from "vitest";
import { referenceEngine } from "#engine";
import { readRecord } from "#feeds";
import { FEEDS } from "#plan";
import { re2 } from "#plan/re2";
import { compileShipped } from "#support/descriptors";
import { contextFor } from "#support/keys";

const POLICY = await compileShipped();
const ENFORCER = referenceEngine.link(POLICY.plans, re2);
const NOW = Date.parse("2026-11-20T00:00:00Z");

const QUOTING =
  "Callback URL mismatch. https://app.corp.example/cb?login_hint=alice.canary@corp.example is not in the list";

describe("the shipped policy", () => {
  it("takes an OAuth error for free text", () => {
    const log = { ...logOf("f"), details: { error: { message: QUOTING, oauthError: QUOTING } } };
    const payloads = payloadsOf(log);
    expect(payloads.size).toBeGreaterThan(2);
    expect([...payloads].filter(([, payload]) => payload.includes("alice.canary"))).toEqual([]);
  });

  it("gives a person one token, whether the id is text or a number", () => {
    const [text, number] = ["123456", 123456].map((user_id) => payloadsOf({ ...logOf("s"), user_id }));
    expect(number).toEqual(text);
    expect(number?.get("WAREHOUSE")).toMatch(/"user_id":"e1\.[\w-]{22}"/);
  });

  it("masks and tokens nothing where there is nothing", () => {
    const payloads = [...payloadsOf({ ...logOf("s"), user_id: "", user_name: "" })];
    expect(payloads.filter(([, payload]) => /"user_id"|\*/.test(payload))).toEqual([]);
    const user = payloadsOf(userOf({ phone_number: "" }));
    expect([...user].filter(([, payload]) => /"phone_number":"[^"]/.test(payload))).toEqual([]);
  });

  it("sends nobody a text that was cut in the middle of a character, and everybody the rest of the event", () => {
    const payloads = payloadsOf(companyOf(String.raw`"Cut off \ud83d"`));
    expect(payloads.size).toBeGreaterThan(2);
    expect([...payloads.values()].filter((payload) => /Cut off|ud83d/i.test(payload))).toEqual([]);
    expect(payloadsOf(companyOf('"Plain Ltd"')).get("EU_DATA_LAKE")).toContain('"name":"Plain Ltd"');
    expect(payloads.get("EU_DATA_LAKE")).toContain('"address":"12 Harbour Street"');
  });
});

function companyOf(name: string): string {
  const around = `"id":"1","detail-type":"company.changed","source":"com.example.crm","time":"2026-11-02T08:35:00Z"`;
  return `{${around},"detail":{"name":${name},"address":"12 Harbour Street"}}`;
}

function logOf(type: string): object {
  return { log_id: "90020261103010609732115389415260839021644201259064885298", type, date: "2026-11-03T01:06:05.696Z" };
}

function userOf(more: object): object {
  const object = { user_id: "auth0|1", email: "p1@corp.example", updated_at: "2026-11-01T00:00:01.000Z", ...more };
  return {
    specversion: "1.0",
    id: "evt_1",
    source: "urn:auth0:example.auth0.com",
    type: "user.created",
    time: "2026-11-01T00:00:01.000Z",
    data: { object },
  };
}

/** What each processor that takes fields is sent, by its name. */
function payloadsOf(event: object | string): ReadonlyMap<string, string> {
  const text = typeof event === "string" ? event : JSON.stringify(event);
  const [read] = readRecord(Buffer.from(text), { kind: "files", feeds: FEEDS });
  if (read === undefined || "malformed" in read) throw new RangeError("expected an event, got none");
  const decisions = ENFORCER.enforce(read, contextFor({ nowMs: NOW }));
  const delivered = POLICY.plans.flatMap(({ processor, source }, at) => {
    const decision = decisions[at];
    const isShown = source === "fields" && decision?.kind === "deliver";
    return isShown ? [[processor, Buffer.from(decision.payload).toString()] as const] : [];
  });
  return new Map(delivered);
}
