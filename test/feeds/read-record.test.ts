import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Channel, CONTAINERS, FORMS_IN_ORDER, MAX_EVENT_BYTES, MAX_EVENT_DEPTH, MAX_RECORD_BYTES } from "#feeds";
import { CARRIED } from "./carried.ts";
import {
  bytesOf,
  envelopeOf,
  FILES,
  LOG_ID,
  PARTNER,
  read,
  readOne,
  refusalOf,
  SUCCESS_LOGIN,
  textOf,
  USER_UPDATED,
  without,
} from "./records.ts";

const EVENT_FACTS = {
  feed: "AUTH0_EVENTS",
  sourceId: "evt_0000000000000000000001",
  type: "user.updated",
  timeMs: Date.parse("2025-09-08T06:34:34.645Z"),
  tenant: "acme",
  test: false,
  subjects: [{ role: "TARGET", tenant: "acme", id: "507f1f77bcf86cd799439020" }],
};

const LOG_FACTS = {
  feed: "AUTH0_LOGS",
  sourceId: LOG_ID,
  type: "s",
  timeMs: Date.parse("2025-10-14T18:15:58.941Z"),
  tenant: "acme",
  test: false,
  subjects: [{ role: "TARGET", tenant: "acme", id: "507f1f77bcf86cd799439020" }],
};

const COMPANY = envelopeOf("com.example.crm", { ein: "12-3456789" }, { "detail-type": "company.changed" });

describe("readRecord", () => {
  it.each([
    ["a CloudEvent", USER_UPDATED, EVENT_FACTS, USER_UPDATED],
    ["an Event Stream on EventBridge", envelopeOf(`${PARTNER}/auth0.events`, USER_UPDATED), EVENT_FACTS, USER_UPDATED],
    ["an Events API message", { offset: "o1", event: USER_UPDATED }, EVENT_FACTS, USER_UPDATED],
    ["a failed delivery", { id: "evt_x", status: "failed", event: USER_UPDATED }, EVENT_FACTS, USER_UPDATED],
    ["a log record", { log_id: LOG_ID, data: SUCCESS_LOGIN }, LOG_FACTS, SUCCESS_LOGIN],
    [
      "a Log Stream on EventBridge",
      envelopeOf(`${PARTNER}/auth0.logs`, { log_id: LOG_ID, data: SUCCESS_LOGIN }),
      LOG_FACTS,
      SUCCESS_LOGIN,
    ],
    ["a log of the Management API", { ...SUCCESS_LOGIN, _id: LOG_ID }, LOG_FACTS, { ...SUCCESS_LOGIN, _id: LOG_ID }],
    [
      "an EventBridge event of another source",
      COMPANY,
      {
        feed: "CUSTOM",
        sourceId: "b8759e66-ecff-c36d-8a0d-5342f5c03af4",
        type: "company.changed",
        source: "com.example.crm",
        timeMs: Date.parse("2025-10-14T18:16:00Z"),
        test: false,
        subjects: [],
      },
      { ein: "12-3456789" },
    ],
  ])("reads %s", (_, record, facts, event) => {
    const { body, ...found } = readOne(record);
    expect(found).toEqual(facts);
    expect(JSON.parse(textOf(body))).toEqual(event);
  });

  it("gives the inner event exactly as received", () => {
    const event = String.raw`{ "specversion" : "1.0", "id":"evt_1", "type":"x" , "n": 1.0e+400, "é\u0000":"ü😀",
      "time":"2025-09-08T06:34:34Z"}`;
    expect(textOf(readOne(`{"offset":"ä😀", "event" : ${event}  }`).body)).toBe(event);
    expect(textOf(readOne(` \r\n${event}\n`).body)).toBe(event);
  });

  it("gives the same bytes where the record is the event", () => {
    const record = bytesOf(USER_UPDATED);
    expect(readOne(record).body).toBe(record);
  });

  it("does not copy: bodies share the record's memory", () => {
    const record = bytesOf({ log_id: LOG_ID, data: SUCCESS_LOGIN });
    expect(readOne(record).body.buffer).toBe(record.buffer);
  });

  it("finds escaped names", () => {
    const text = JSON.stringify(USER_UPDATED).replace('"type"', String.raw`"t\u0079pe"`);
    expect(readOne(text).type).toBe("user.updated");
  });

  it("names the replay", () => {
    const record = envelopeOf(`${PARTNER}/auth0.events`, USER_UPDATED, { "replay-name": "october" });
    expect(readOne(record).replay).toBe("october");
  });

  it("knows test events", () => {
    expect(readOne({ ...USER_UPDATED, a0purpose: "test" }).test).toBe(true);
    expect(readOne({ ...USER_UPDATED, a0purpose: null }).test).toBe(false);
  });
});

describe("identity", () => {
  it.each([
    ["an inner log id before the outer one", { log_id: "outer", data: SUCCESS_LOGIN }, LOG_ID],
    [
      "the outer log id where there is no inner one",
      { log_id: LOG_ID, data: without(SUCCESS_LOGIN, "log_id") },
      LOG_ID,
    ],
    ["_id where there is no log_id", { ...without(SUCCESS_LOGIN, "log_id"), _id: LOG_ID }, LOG_ID],
    ["log_id where _id is null", { ...SUCCESS_LOGIN, _id: null }, LOG_ID],
    [
      "never the id of an EventBridge envelope of Auth0",
      envelopeOf(`${PARTNER}/auth0.events`, USER_UPDATED),
      "evt_0000000000000000000001",
    ],
  ])("takes %s", (_, record, want) => {
    expect(readOne(record).sourceId).toBe(want);
  });
});

describe("time", () => {
  it.each([
    [
      "the event's own, whatever the envelope says",
      envelopeOf(`${PARTNER}/auth0.events`, USER_UPDATED),
      "2025-09-08T06:34:34.645Z",
    ],
    ["the log id's where there is no date", without(SUCCESS_LOGIN, "date"), "2025-10-14T18:15:58.941Z"],
    ["the log id's where the date is null", { ...SUCCESS_LOGIN, date: null }, "2025-10-14T18:15:58.941Z"],
    ["the outer log id's", { log_id: LOG_ID, data: { type: "s" } }, "2025-10-14T18:15:58.941Z"],
  ])("is %s", (_, record, want) => {
    expect(new Date(readOne(record).timeMs).toISOString()).toBe(want);
  });
});

describe("tenant", () => {
  const nameless = without(USER_UPDATED, "a0tenant");
  const bareLog = without(SUCCESS_LOGIN, "tenant_name");
  it.each([
    ["a0tenant", { ...USER_UPDATED, a0tenant: "acme.eu.auth0.com" }, "acme.eu.auth0.com"],
    [
      "the partner source's before the CloudEvent's",
      envelopeOf(`${PARTNER}/auth0.events`, nameless),
      "acme.eu.auth0.com",
    ],
    ["the CloudEvent source's", nameless, "acme"],
    [
      "the CloudEvent source's, dots and all",
      { ...nameless, source: "urn:auth0:a.b.auth0.com.sus.auth0.com" },
      "a.b.auth0.com",
    ],
    ["the CloudEvent source's of a docs example", { ...nameless, source: "urn:auth0:example.auth0app.com" }, "example"],
    ["unknown where the source is cut off", { ...nameless, source: "urn:auth0:" }, undefined],
    ["tenant_name", SUCCESS_LOGIN, "acme"],
    ["unknown in older logs", bareLog, undefined],
    ["the partner source's in older logs", envelopeOf(`${PARTNER}/auth0.logs`, { data: bareLog }), "acme.eu.auth0.com"],
    ["unknown where it is null", { ...bareLog, tenant_name: null }, undefined],
    [
      "unknown for a source of another form",
      envelopeOf("aws.partner/auth0.com/x/auth0.logs", { data: bareLog }),
      undefined,
    ],
  ])("is %s", (_, record, want) => {
    expect(readOne(record).tenant).toBe(want);
  });
});

describe("subjects", () => {
  const about = (object: object) => ({ ...USER_UPDATED, data: { object } });
  it.each([
    ["a user", about({ user_id: "google-oauth2|1" }), [["TARGET", "google-oauth2|1"]]],
    [
      "a member of an organization",
      about({ organization: { id: "org_1" }, user: { user_id: "auth0|1" } }),
      [["TARGET", "1"]],
    ],
    ["a member of a group", about({ member: { member_type: "user", id: "auth0|1" } }), [["TARGET", "1"]]],
    ["a member of a group, type unknown", about({ member: { id: "auth0|1" } }), [["TARGET", "1"]]],
    ["no one: the member is a connection", about({ member: { member_type: "connection", id: "con_1" } }), []],
    ["an organization", about({ id: "org_1" }), []],
    ["one person named twice", about({ user_id: "auth0|1", user: { user_id: "1" } }), [["TARGET", "1"]]],
    ["a person whose id is a number", about({ user_id: 10 }), [["TARGET", "10"]]],
    ["no one: the id is null", about({ user_id: null }), []],
    [
      "a user and the administrator",
      { ...SUCCESS_LOGIN, details: { request: { auth: { user: { user_id: "auth0|9" } } } } },
      [
        ["TARGET", "507f1f77bcf86cd799439020"],
        ["ACTOR", "9"],
      ],
    ],
    [
      "an administrator who changed their own account",
      { ...SUCCESS_LOGIN, user_id: "auth0|9", details: { request: { auth: { user: { user_id: "9" } } } } },
      [
        ["TARGET", "9"],
        ["ACTOR", "9"],
      ],
    ],
  ])("are %s", (_, record, want) => {
    expect(readOne(record).subjects.map(({ role, id }) => [role, id])).toEqual(want);
  });
});

describe("containers", () => {
  const logs = [SUCCESS_LOGIN, { ...SUCCESS_LOGIN, log_id: "other" }].map((data) => ({ log_id: data.log_id, data }));
  it.each([
    ["an array", logs],
    ["an object of logs", { logs }],
    ["a page of logs", { start: 0, limit: 2, length: 2, total: 2, logs: logs.map(({ data }) => data) }],
    ["JSON lines", logs.map((log) => JSON.stringify(log)).join("\n")],
    [
      "JSON lines with \\r\\n, blank lines and a last newline",
      logs.map((log) => `${JSON.stringify(log)}\r\n\r\n`).join(""),
    ],
    ["an array of objects of logs", [{ logs: [logs[0]] }, { logs: [logs[1]] }]],
  ])("reads every event of %s", (_, record) => {
    expect(read(record).map((event) => "sourceId" in event && event.sourceId)).toEqual([LOG_ID, "other"]);
  });

  it("may mix forms", () => {
    const feeds = read([USER_UPDATED, COMPANY, logs[0], SUCCESS_LOGIN, 1]).map((event) =>
      "feed" in event ? event.feed : event.malformed,
    );
    expect(feeds).toEqual(["AUTH0_EVENTS", "CUSTOM", "AUTH0_LOGS", "AUTH0_LOGS", "NOT_AN_EVENT"]);
  });

  it("reads every failed delivery of a page", () => {
    expect(readOne({ deliveries: [{ event: USER_UPDATED }], next: "x" }).sourceId).toBe("evt_0000000000000000000001");
  });

  it.each([[[]], [{ logs: [] }], [[[], { logs: [] }]]])("finds no events in %j", (record) => {
    expect(read(record)).toEqual([]);
  });

  it("one event that is malformed leaves its neighbours alone", () => {
    const deep = `{"log_id":"x","data":{"date":"2025-10-14T18:15:58Z","type":"s","details":${"[".repeat(70)}${"]".repeat(70)}}}`;
    const repeated = '{"log_id":"x","log_id":"y","data":{}}';
    const good = JSON.stringify(logs[0]);
    const codes = read(`{"logs":[${good},${deep},${repeated},null,${good}]}`).map((event) =>
      "feed" in event ? event.feed : event.malformed,
    );
    expect(codes).toEqual(["AUTH0_LOGS", "TOO_DEEP", "DUPLICATE_KEY", "NOT_AN_EVENT", "AUTH0_LOGS"]);
  });

  it("one line that is malformed leaves its neighbours alone", () => {
    const good = JSON.stringify(logs[0]);
    const codes = read(
      Buffer.concat([Buffer.from(`${good}\n{"log_\n`), Buffer.of(0xff), Buffer.from(`\n${good}`)]),
    ).map((event) => ("feed" in event ? event.feed : event.malformed));
    expect(codes).toEqual(["AUTH0_LOGS", "INVALID_JSON", "INVALID_UTF8", "AUTH0_LOGS"]);
  });

  it("a malformed item is kept as it was received, and nothing else", () => {
    const [, item] = read(`[${JSON.stringify(logs[0])}, {"x": 1.0} ]`);
    expect(textOf(item?.body ?? bytesOf(""))).toBe('{"x": 1.0}');
  });

  it("are looked into six deep, not deeper", () => {
    expect(read([[[[[[USER_UPDATED]]]]]])).toHaveLength(1);
    expect(refusalOf([[[[[[[USER_UPDATED]]]]]]])).toEqual(["NOT_AN_EVENT", undefined]);
  });

  const log = `{"log_id":"1","type":"s","date":"2026-01-01T00:00:00Z"}`;
  it.each([
    ["an array", `[${"0,".repeat(100_000)}0]`],
    ["an object", `{"logs":[${"0,".repeat(100_000)}0]}`],
    ["lines", "{}\n".repeat(100_001)],
    ["arrays in an array", `[${Array.from({ length: 40 }, () => `[${"0,".repeat(3_000)}0]`).join()}]`],
    ["lines of arrays", `[${"0,".repeat(3_000)}0]\n`.repeat(40)],
    ["events in arrays", `[${Array.from({ length: 2 }, () => `[${`${log},`.repeat(60_000)}${log}]`).join()}]`],
  ])("are refused as a whole beyond what a record may become: %s", (_, record) => {
    expect(refusalOf(record)).toEqual(["TOO_MANY", undefined]);
  });

  it("are refused as a whole where quarantine would outgrow them, and else item by item", () => {
    expect(refusalOf(`[${"0,".repeat(200)}0]`)).toEqual(["TOO_MANY", undefined]);
    const items = read(`[${"0,".repeat(100)}${log}]`);
    expect(items).toHaveLength(101);
    expect(items.filter((item) => "malformed" in item && item.malformed === "NOT_AN_EVENT")).toHaveLength(100);
  });

  it("are refused where their items have rivals", () => {
    expect(refusalOf('{"logs":[],"logs":[]}')).toEqual(["DUPLICATE_KEY", "logs"]);
  });
});

describe("carriers", () => {
  const other = { ...SUCCESS_LOGIN, log_id: "other" };
  const ofMany = Object.entries(CARRIED).filter(([, carry]) => read(carry([SUCCESS_LOGIN, other])).length > 1);

  it.each(ofMany)("%s may hold many records, and one that is malformed leaves the others alone", (_, carry) => {
    const results = read(carry([SUCCESS_LOGIN, { no: "event" }, other]));
    expect(results.map((result) => ("feed" in result ? result.sourceId : result.malformed))).toEqual([
      LOG_ID,
      "NOT_AN_EVENT",
      "other",
    ]);
    expect(textOf(results[1]?.body ?? bytesOf(""))).toBe('{"no":"event"}');
  });

  it("are none in other channels than files", () => {
    for (const kind of ["partner_bus", "webhook", "replay"] as const) {
      const carried = { MessageId: "1", Body: JSON.stringify(USER_UPDATED) };
      expect(refusalOf(carried, { ...FILES, kind })).toEqual(["NOT_AN_EVENT", undefined]);
    }
  });

  it("may hold a body of JSON lines, or a webhook's array", () => {
    for (const text of [`${JSON.stringify(SUCCESS_LOGIN)}\n${JSON.stringify(other)}\n`, [SUCCESS_LOGIN, other]]) {
      expect(read(CARRIED["SNS behind SQS"]?.([text]))).toHaveLength(2);
    }
  });

  it.each([
    ["no JSON", { MessageId: "1", Body: "hello" }, ["INVALID_JSON", undefined]],
    ["no base64", { data: "{}" }, ["NOT_AN_EVENT", undefined]],
    ["damaged gzip data", { awslogs: { data: "H4sIAAAA" } }, ["NOT_AN_EVENT", undefined]],
    ["two texts", '{"MessageId":"1","Body":"{}","Body":"[]"}', ["DUPLICATE_KEY", "Body"]],
  ])("refuse %s", (_, record, refusal) => {
    expect(refusalOf(record)).toEqual(refusal);
  });

  it("refuse what becomes too much, compressed in one text or in many", () => {
    const data = (bytes: number) => gzipSync(`[${" ".repeat(bytes)}]`).toString("base64");
    expect(refusalOf({ data: data(33 * 1024 * 1024) })).toEqual(["NOT_AN_EVENT", undefined]);
    const some = { data: data(8 * 1024 * 1024) };
    expect(read({ records: [some, some, some] })).toEqual([]);
    expect(refusalOf({ records: [some, some, some, some] })).toEqual(["NOT_AN_EVENT", undefined]);
  });
});

describe("markers", () => {
  it.each([
    ["a position of the Events API", { offset: "opaque" }],
    ["the test message of a CloudWatch Logs subscription", controlMessage()],
  ])("%s holds no event and is no fault", (_, record) => {
    expect(read(record)).toEqual([]);
  });

  it.each([
    ["whose event cannot be read", { offset: "opaque", event: { type: "user.created" } }],
    ["that is repeated", '{"offset":"one","offset":"other"}'],
    ["that is no text", { offset: 1 }],
  ])("do not hide what follows a position %s", (_, record) => {
    expect(refusalOf(record)).toEqual(["NOT_AN_EVENT", undefined]);
  });
});

function controlMessage(): object {
  return {
    messageType: "CONTROL_MESSAGE",
    owner: "CloudwatchLogs",
    logEvents: [{ id: "", timestamp: 1_480_444_617_197, message: "CWL CONTROL MESSAGE: Checking health" }],
  };
}

describe("malformed records", () => {
  const events = (detail: unknown) => envelopeOf(`${PARTNER}/auth0.events`, detail);
  it.each([
    ["", ["INVALID_JSON", undefined]],
    ["   ", ["INVALID_JSON", undefined]],
    ["{", ["INVALID_JSON", undefined]],
    ['{"specversion":"1.0",\n"id":}', ["INVALID_JSON", undefined]],
    [`\ufeff${JSON.stringify(USER_UPDATED)}`, ["INVALID_JSON", undefined]],
    ["not json\nat all", ["INVALID_JSON", undefined]],
    [`${JSON.stringify(USER_UPDATED)} x`, ["INVALID_JSON", undefined]],
    ["null", ["NOT_AN_EVENT", undefined]],
    ['"text"', ["NOT_AN_EVENT", undefined]],
    ["1", ["NOT_AN_EVENT", undefined]],
    ["{}", ["NOT_AN_EVENT", undefined]],
    [{ specversion: null, id: "x" }, ["NOT_AN_EVENT", undefined]],
    [{ log_id: LOG_ID }, ["NOT_AN_EVENT", undefined]],
    [{ log_id: LOG_ID, data: [] }, ["NOT_AN_EVENT", undefined]],
    ['{"__proto__":{"specversion":"1.0"},"constructor":{},"data":{}}', ["NOT_AN_EVENT", undefined]],
    [envelopeOf("aws.partner/auth0.com/x/auth0.other", USER_UPDATED), ["NOT_AN_EVENT", undefined]],
    [envelopeOf(`${PARTNER}/auth0.logs`, SUCCESS_LOGIN), ["NOT_AN_EVENT", undefined]],
    [envelopeOf("com.example.crm", "text"), ["NOT_AN_EVENT", undefined]],
    [without(USER_UPDATED, "id"), ["NO_SOURCE_ID", "id"]],
    [{ ...USER_UPDATED, id: "" }, ["NO_SOURCE_ID", "id"]],
    [{ ...USER_UPDATED, id: 7 }, ["NO_SOURCE_ID", "id"]],
    [events(without(USER_UPDATED, "id")), ["NO_SOURCE_ID", "detail.id"]],
    [without(USER_UPDATED, "type"), ["NO_TYPE", "type"]],
    [{ log_id: LOG_ID, data: { type: null } }, ["NO_TYPE", "data.type"]],
    [without(USER_UPDATED, "time"), ["NO_TIME", "time"]],
    [events(without(USER_UPDATED, "time")), ["NO_TIME", "detail.time"]],
    [{ ...USER_UPDATED, time: "yesterday" }, ["NO_TIME", "time"]],
    [{ ...SUCCESS_LOGIN, log_id: "1", date: 1760465758941 }, ["NO_TIME", "date"]],
  ])("%j is refused", (record, want) => {
    expect(refusalOf(record)).toEqual(want);
  });

  it("are refused where they are not UTF-8", () => {
    expect(refusalOf(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toEqual(["INVALID_UTF8", undefined]);
    expect(refusalOf(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))).toEqual(["INVALID_UTF8", undefined]);
  });

  it("are kept as received", () => {
    const record = bytesOf("{broken");
    expect(read(record)).toEqual([{ malformed: "INVALID_JSON", body: record }]);
  });
});

describe("limits", () => {
  const padded = (bytes: number) => {
    const bare = bytesOf({ ...USER_UPDATED, pad: "" }).length;
    return { ...USER_UPDATED, pad: "x".repeat(bytes - bare) };
  };
  it("take an event of 1 MiB and no larger one, whatever is around it", () => {
    expect(readOne(padded(MAX_EVENT_BYTES)).body).toHaveLength(MAX_EVENT_BYTES);
    expect(readOne(envelopeOf(`${PARTNER}/auth0.events`, padded(MAX_EVENT_BYTES))).body).toHaveLength(MAX_EVENT_BYTES);
    expect(refusalOf(padded(MAX_EVENT_BYTES + 1))).toEqual(["TOO_LARGE", undefined]);
    expect(refusalOf({ event: padded(MAX_EVENT_BYTES + 1) })).toEqual(["TOO_LARGE", "event"]);
  });

  it("take a record of 8 MiB and no larger one", () => {
    const few = JSON.stringify(Array.from({ length: 7 }, () => padded(MAX_EVENT_BYTES)));
    expect(read(few)).toHaveLength(7);
    expect(read(few.padEnd(MAX_RECORD_BYTES))).toHaveLength(7);
    expect(refusalOf(few.padEnd(MAX_RECORD_BYTES + 1))).toEqual(["TOO_LARGE", undefined]);
  });

  it("take an event 64 deep and no deeper one, whatever is around it", () => {
    const nested = (depth: number) => {
      const inner = `${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}`;
      return JSON.stringify({ ...USER_UPDATED, deep: 0 }).replace('"deep":0', `"deep":${inner}`);
    };
    expect(readOne(nested(MAX_EVENT_DEPTH)).type).toBe("user.updated");
    expect(readOne(`[{"event":${nested(MAX_EVENT_DEPTH)}}]`).type).toBe("user.updated");
    expect(refusalOf(nested(MAX_EVENT_DEPTH + 1))).toEqual(["TOO_DEEP", undefined]);
    expect(refusalOf(`[{"event":${nested(MAX_EVENT_DEPTH + 1)}}]`)).toEqual(["TOO_DEEP", "event"]);
  });

  it("refuse hostile nesting before it is parsed", () => {
    expect(refusalOf("[".repeat(1_000_000))).toEqual(["TOO_DEEP", undefined]);
    expect(refusalOf('{"a":'.repeat(1_000_000))).toEqual(["TOO_DEEP", undefined]);
  });
});

describe("repeated names", () => {
  const event = JSON.stringify(USER_UPDATED);
  const with2 = (text: string, member: string) => text.replace(/^\{/, `{${member},`);
  it.each([
    ["id", with2(event, '"id":"evt_other"'), ["DUPLICATE_KEY", "id"]],
    ["type", with2(event, '"type":"user.created"'), ["DUPLICATE_KEY", "type"]],
    ["an escaped type", with2(event, String.raw`"t\u0079pe":"x"`), ["DUPLICATE_KEY", "type"]],
    ["time, one of them null", with2(event, '"time":null'), ["DUPLICATE_KEY", "time"]],
    ["a step to the subject", with2(event, '"data":{}'), ["DUPLICATE_KEY", "data.object.user_id"]],
    ["the event", `{"event":{},"event":${event}}`, ["NOT_AN_EVENT", undefined]],
    ["the event, the first recognised", `{"event":${event},"event":{}}`, ["DUPLICATE_KEY", undefined]],
    ["something around the event", `{"event":${event},"x":1,"x":2}`, ["DUPLICATE_KEY", undefined]],
    [
      "something in the detail of a log",
      with2(
        JSON.stringify(envelopeOf(`${PARTNER}/auth0.logs`, 0)).replace(
          '"detail":0',
          `"detail":{"a":1,"a":1,"data":${JSON.stringify(SUCCESS_LOGIN)}}`,
        ),
        '"b":1',
      ),
      ["DUPLICATE_KEY", "detail"],
    ],
  ])("make ambiguous what an event is: %s", (_, record, want) => {
    expect(refusalOf(record)).toEqual(want);
  });

  it("elsewhere in the event are left to whoever reads the rest of it", () => {
    const record = with2(event, '"more":{"a":1,"a":2},"other":1,"other":2');
    expect(textOf(readOne(record).body)).toBe(record);
  });
});

describe("channels", () => {
  const PARTNER_BUS: Channel = { kind: "partner_bus", feeds: ["AUTH0_EVENTS"], tenants: ["acme"] };
  const WEBHOOK: Channel = { kind: "webhook", feeds: ["AUTH0_LOGS"], tenants: ["acme"] };
  const wrapped = envelopeOf(`${PARTNER}/auth0.events`, USER_UPDATED);
  const log = { log_id: LOG_ID, data: SUCCESS_LOGIN };

  it.each([
    ["a partner bus", wrapped, PARTNER_BUS],
    ["a partner bus that names the stream", wrapped, { ...PARTNER_BUS, streams: ["est_0000000000000000000001"] }],
    ["a partner bus that names the source", wrapped, { ...PARTNER_BUS, streams: [`${PARTNER}/auth0.events`] }],
    ["a webhook", { logs: [log] }, WEBHOOK],
    [
      "a webhook of Event Streams",
      USER_UPDATED,
      { ...WEBHOOK, feeds: ["AUTH0_EVENTS"], streams: [USER_UPDATED.a0stream] },
    ],
    ["a webhook of logs, which name no stream", log, { ...WEBHOOK, streams: ["lst_1"] }],
    ["a replay", { ...wrapped, "replay-name": "x" }, { kind: "replay", feeds: ["AUTH0_EVENTS"] }],
    ["a bus of custom events, which name no tenant", COMPANY, { ...PARTNER_BUS, feeds: ["CUSTOM"], streams: ["x"] }],
  ] as const)("carry what they declare: %s", (_, record, channel) => {
    expect(readOne(record, channel).sourceId).not.toBe("");
  });

  it.each([
    ["a bare event on a partner bus", USER_UPDATED, PARTNER_BUS, undefined],
    ["an array on a partner bus", [wrapped], PARTNER_BUS, undefined],
    ["an envelope at a webhook", wrapped, { ...WEBHOOK, feeds: ["AUTH0_EVENTS"] }, undefined],
    ["a copy of an event at a webhook", { event: USER_UPDATED }, { ...WEBHOOK, feeds: ["AUTH0_EVENTS"] }, undefined],
    ["another feed", log, { ...WEBHOOK, feeds: ["AUTH0_EVENTS"] }, undefined],
    ["a feed of Auth0 as a custom event", wrapped, { ...PARTNER_BUS, feeds: ["CUSTOM"] }, undefined],
    ["another tenant", wrapped, { ...PARTNER_BUS, tenants: ["globex"] }, "detail.a0tenant"],
    [
      "no tenant where there are several",
      { log_id: LOG_ID, data: without(SUCCESS_LOGIN, "tenant_name") },
      { ...WEBHOOK, tenants: ["a", "b"] },
      "data.tenant_name",
    ],
    ["any tenant where none is declared", log, { ...WEBHOOK, tenants: [] }, "data.tenant_name"],
    ["another stream", wrapped, { ...PARTNER_BUS, streams: ["est_other"] }, "detail.a0stream"],
    [
      "no stream",
      without(USER_UPDATED, "a0stream"),
      { kind: "webhook", feeds: ["AUTH0_EVENTS"], streams: ["est_1"] },
      "a0stream",
    ],
  ] as const)("refuse what they do not declare: %s", (_, record, channel, path) => {
    expect(refusalOf(record, channel as Channel)).toEqual(["NOT_AN_EVENT", path]);
  });

  it("of EventBridge hold one event in a record", () => {
    expect(refusalOf(`${JSON.stringify(wrapped)}\n${JSON.stringify(wrapped)}`, PARTNER_BUS)).toEqual([
      "INVALID_JSON",
      undefined,
    ]);
  });

  it("of files give the tenant they are told to what could name one and does not", () => {
    const files: Channel = { ...FILES, unnamedTenant: "globex" };
    const unnamed = { log_id: LOG_ID, data: without(SUCCESS_LOGIN, "tenant_name") };
    expect(readOne(unnamed, files)).toMatchObject({ tenant: "globex", subjects: [{ tenant: "globex" }] });
    expect(readOne(log, files).tenant).toBe("acme");
    expect(readOne(envelopeOf(`${PARTNER}/auth0.logs`, unnamed), files).tenant).toBe("acme.eu.auth0.com");
    expect(readOne(COMPANY, files).tenant).toBeUndefined();
  });

  it("of one tenant give its name to events that name none", () => {
    expect(readOne({ log_id: LOG_ID, data: without(SUCCESS_LOGIN, "tenant_name") }, WEBHOOK).tenant).toBe("acme");
  });
});

describe("any bytes", () => {
  const DECLARED_PATHS = [
    ...FORMS_IN_ORDER.flatMap(({ body, around, reads }) => [body, ...around, ...reads]),
    ...CONTAINERS.map(({ items }) => items),
  ].map((path) => path.join("."));
  const record = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map(bytesOf),
    fc.jsonValue().map((data) => bytesOf({ ...USER_UPDATED, data })),
    fc
      .tuple(fc.nat(), fc.nat(255))
      .map(([at, byte]) => flip(bytesOf([USER_UPDATED, COMPANY, SUCCESS_LOGIN]), at, byte)),
  );
  const channel = fc.constantFrom<Channel>(
    FILES,
    { kind: "webhook", feeds: ["AUTH0_LOGS", "AUTH0_EVENTS"], tenants: ["acme"] },
    { kind: "partner_bus", feeds: ["AUTH0_EVENTS", "CUSTOM"] },
  );

  it("never throw, and are not changed", () => {
    fc.assert(
      fc.property(record, channel, (bytes, from) => {
        const before = Uint8Array.from(bytes);
        read(bytes, from);
        expect(Buffer.compare(bytes, before)).toBe(0);
      }),
    );
  });

  it("give bodies that stand in the record and are JSON, and paths of declared names", () => {
    fc.assert(
      fc.property(record, channel, (bytes, from) => {
        for (const result of read(bytes, from)) {
          expect(Buffer.from(bytes).includes(Buffer.from(result.body))).toBe(true);
          if ("feed" in result) expect(JSON.parse(textOf(result.body))).toBeTypeOf("object");
          else if (result.path !== undefined) expect(DECLARED_PATHS).toContain(result.path);
        }
      }),
    );
  });
});

function flip(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  return Uint8Array.from(bytes, (old, index) => (index === at % bytes.length ? byte : old));
}
