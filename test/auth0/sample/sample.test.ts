import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { type Context, referenceEngine } from "#engine";
import { type Channel, type Envelope, readRecord } from "#feeds";
import type { Plan } from "#plan";
import { re2 } from "#plan/re2";
import { times } from "#support/depth";
import { compileShipped } from "#support/descriptors";
import { testKeys, testRandom } from "#support/keys";
import { addMissingTypes } from "../../../lib/auth0/pack/correct.ts";
import { addSdkTypes } from "../../../lib/auth0/pack/sdk-event-types.ts";
import type { SampleCarrier } from "../../../lib/auth0/sample/carriers.ts";
import { listSampleTypes, type SampleOptions, sampleEvents } from "../../../lib/auth0/sample/sample.ts";
import { PACK } from "../pack/shipped-pack.ts";

const TYPES = listSampleTypes(PACK.schemas, "webhook");

function sample(options: Partial<SampleOptions> = {}): readonly string[] {
  const defaults = { types: TYPES, count: TYPES.length, seed: 1, carrier: "webhook" as const };
  return [...sampleEvents(PACK.schemas, { ...defaults, ...options })];
}

const MANY = sample({ count: 2000 });

/** The event itself, out of what carries it. */
function eventOf(line: string): { readonly type: string; readonly [name: string]: unknown } {
  const record = JSON.parse(line);
  return record.log_id !== undefined && record.data !== undefined ? record.data : record;
}

describe("listSampleTypes", () => {
  it("lists 25 Event Stream types and every log type of the pack", () => {
    expect(TYPES.filter((type) => type.includes("."))).toHaveLength(25);
    expect(TYPES.filter((type) => !type.includes("."))).toHaveLength(172);
  });

  it("lists no Event Stream types for the Management API's log records", () => {
    expect(listSampleTypes(PACK.schemas, "logs").filter((type) => type.includes("."))).toEqual([]);
  });
});

describe("sampleEvents", () => {
  it("makes events of every type that their schemas allow", () => {
    const formats = { "date-time": true, ipv4: true, ipv6: true, "idn-email": true, uri: true } as const;
    const ajv = new Ajv2020({ strict: false, formats });
    const schemas = [...addMissingTypes(PACK.schemas.logs), ...addSdkTypes(PACK.schemas.events)];
    const validators = new Map(schemas.map(([type, schema]) => [type, ajv.compile(schema)]));
    const wrong = sample({ count: TYPES.length * 3 })
      .map(eventOf)
      .filter((event) => validators.get(event.type)?.(event) !== true)
      .map(({ type }) => [type, validators.get(type)?.errors]);
    expect(wrong).toEqual([]);
  });

  it("gives the same bytes for the same seed, and others for another", () => {
    expect(sample({ count: 300 })).toEqual(sample({ count: 300 }));
    expect(sample({ count: 300 })).not.toEqual(sample({ count: 300, seed: 2 }));
  });

  it("takes the types in turn", () => {
    expect(sample({ types: ["s", "user.created"], count: 3 }).map((line) => eventOf(line).type)).toEqual([
      "s",
      "user.created",
      "s",
    ]);
  });

  it("writes addresses, numbers and domains of the ranges that are kept free for examples only", () => {
    const text = MANY.map((line) => JSON.stringify(JSON.parse(line))).join("\n");
    const emails = text.match(/[\w.+-]+@[\w.-]+/g) ?? [];
    const phones = text.match(/"\+\d+"/g) ?? [];
    const ipv4 = text.match(/"\d+\.\d+\.\d+\.\d+"/g) ?? [];
    expect(emails.filter((email) => !/@example\.(com|org|net)$/.test(email))).toEqual([]);
    expect(phones.filter((phone) => !/^"\+1\d{3}55501\d{2}"$/.test(phone))).toEqual([]);
    expect(ipv4.filter((ip) => !/^"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+"$/.test(ip))).toEqual([]);
    expect([emails.length, phones.length, ipv4.length].every((count) => count > 100)).toBe(true);
  });

  it("shows what is hard to treat", () => {
    const text = MANY.join("\n");
    expect(text).toMatch(/"ip":"2001:db8:/);
    expect(text).toMatch(/\\u00[0-9a-f]{2}/);
    expect(text).toMatch(/[ŁøÅ陽]/u);
    expect(text).toContain('\\"');
    expect(text).toMatch(/"user_metadata":\{"locale"/);
    expect(text).toMatch(/"app_metadata":\{"plan"/);
    expect(MANY.some((line) => line.split("thing_").length > 190)).toBe(true);
  });

  it("sends the share of events again that it is told to", () => {
    const ids = sample({ types: ["s"], count: 1000, duplicates: 0.3 }).map((line) => JSON.parse(line).log_id);
    expect(new Set(ids).size).toBe(1000);
    expect(ids.length).toBeGreaterThan(1200);
    expect(ids.length).toBeLessThan(1400);
  });

  it("leaves the order of time as far as it is told to", () => {
    const times = (disorder: number) =>
      sample({ types: ["s"], count: 200, disorder }).map((line) => JSON.parse(line).data.date);
    expect(times(0)).toEqual([...times(0)].sort());
    expect(times(10)).not.toEqual([...times(10)].sort());
  });
});

describe("the samples of every type", () => {
  const CHANNEL: Channel = { kind: "files", feeds: ["AUTH0_EVENTS", "AUTH0_LOGS"] };
  let plans: readonly Plan[];
  beforeAll(async () => {
    ({ plans } = await compileShipped());
  });

  it.each(["webhook", "eventbridge", "logs"] satisfies SampleCarrier[])(
    "are read and enforced without a reject, by %s",
    (carrier) => {
      const types = listSampleTypes(PACK.schemas, carrier);
      const events = sample({ types, count: types.length * times({ few: 1, deep: 10 }), carrier }).flatMap((line) =>
        readRecord(Buffer.from(line), CHANNEL),
      );
      expect(events.filter((event) => "malformed" in event)).toEqual([]);
      const enforcer = referenceEngine.link(plans, re2);
      const rejects = events.flatMap((event) =>
        enforcer.enforce(event as Envelope, contextAt(event as Envelope)).filter(({ kind }) => kind === "reject"),
      );
      expect(rejects).toEqual([]);
      expect(new Set((events as Envelope[]).map(({ type }) => type)).size).toBe(types.length);
    },
  );

  function contextAt({ timeMs }: Envelope): Context {
    return { nowMs: timeMs + 60_000, keys: testKeys(), random: testRandom(), facts: {} };
  }

  it("each have a schema of their own", () => {
    const named = new Set(plans.flatMap(({ routes }) => routes.flatMap(({ match }) => match.types)));
    expect(TYPES.filter((type) => !named.has(type))).toEqual([]);
  });
});
