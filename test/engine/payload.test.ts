import { describe, expect, it } from "vitest";
import { sealedTo } from "#engine";
import type { Plan } from "#plan";
import { open as openEnvelope } from "#seal";
import { deliver, textOf } from "#support/enforce";
import { eventOf } from "#support/events";
import { contextFor, testKeys } from "#support/keys";
import { dropped, kept, list, map, open, planFor, ROUTE, required, treated } from "#support/plans";

const SUBJECTS = [
  { role: "ACTOR", id: "u0" },
  { role: "TARGET", id: "u1" },
  { role: "TARGET", id: "u2" },
] as const;

/** What a sealed payload holds, opened with the key of a subject or of the processor. */
function opened(
  plan: Plan,
  body: unknown,
  facts: Parameters<typeof eventOf>[1] = {},
  subject?: (typeof SUBJECTS)[number],
) {
  const { deliveryId, payload } = deliver(plan, eventOf(body, facts));
  const key = testKeys().seal(plan.processor, subject);
  if (key === "fenced") throw new Error("expected a key");
  const result = openEnvelope({
    envelope: payload,
    aad: sealedTo(plan, deliveryId, ""),
    findKey: ({ keyId }) => (keyId === key.keyId ? key.key : undefined),
  });
  return result.ok ? Buffer.from(result.plaintext).toString() : result.failure;
}

const fields = {
  type: kept(),
  secret: dropped(),
  ip: treated({ op: "truncate_ip" }),
  data: { password: dropped(), name: kept({ ops: [] }) },
  keys: list({ token: dropped() }),
  options: map(dropped()),
  plain: { a: kept(), b: list(kept()) },
  free: open(),
};
const archive = planFor({ processor: "ARCHIVE", source: "whole", fields });

describe("a whole record", () => {
  it.each([
    ["keeps undeclared fields", '{"x":{"y":[1]},"data":{"z":null}}', '{"x":{"y":[1]},"data":{"z":null}}'],
    ["keeps mistyped fields", '{"type":1,"plain":[{"a":1}],"free":null}', '{"type":1,"plain":[{"a":1}],"free":null}'],
    ["keeps nulls", '{"type":null,"plain":{"a":null,"b":[null]}}', '{"type":null,"plain":{"a":null,"b":[null]}}'],
    [
      "keeps order, number text and __proto__",
      '{"z":-0,"10":1e400,"__proto__":{}}',
      '{"z":-0,"10":1e400,"__proto__":{}}',
    ],
    ["is compact", ' { "type" : [ ] } ', '{"type":[]}'],
    [
      "loses what cells drop",
      '{"type":"t","secret":"s","data":{"password":"p","name":"n"}}',
      '{"type":"t","data":{"name":"n"}}',
    ],
    ["loses it in lists and maps too", '{"keys":[{"token":"t","x":1}],"options":{"k":"v"}}', "{}"],
    ["treats what cells treat", '{"ip":"192.0.2.77"}', '{"ip":"192.0.2.0"}'],
    ["loses a mistyped value that a cell drops", '{"secret":{"a":1}}', "{}"],
    ["loses a mistyped value that a cell treats", '{"ip":["192.0.2.77"]}', "{}"],
    ["loses a mistyped container that may hide a secret", '{"data":[{"password":"p"}]}', "{}"],
    ["loses null where a cell drops", '{"secret":null}', "{}"],
  ])("%s", (_, text, expected) => {
    expect(opened(archive, text)).toBe(expected);
  });

  it("counts what is lost although no cell says so, and nothing that is kept", () => {
    const { drops } = deliver(archive, eventOf('{"x":1,"type":1,"secret":"s","data":[],"ip":1}'));
    expect(drops).toEqual([
      { path: { at: "data" }, type: "array", reason: "wrong_type", count: 1 },
      { path: { at: "ip" }, type: "number", reason: "wrong_type", class: "INTERNAL", count: 1 },
    ]);
  });

  it.each([
    ["a type that no schema describes", archive, { type: "user.invented" }],
    ["a schema without a declared inside", planFor({ processor: "ARCHIVE", source: "whole" }), {}],
  ])("is taken as it is for %s", (_, plan, facts) => {
    expect(opened(plan, '{"secret":[1]}', facts)).toBe('{"secret":[1]}');
  });

  it("is taken as it is even when it is no object", () => {
    expect(opened(archive, "[1,null]", { type: "user.invented" })).toBe("[1,null]");
  });

  it("is not taken of types that the processor does not take", () => {
    const route = { ...ROUTE, match: { types: ["s"], base: false }, subscribed: false };
    const plan = planFor({ source: "whole", fields, routes: [route] });
    expect(() => deliver(plan, eventOf({}, { type: "s" }))).toThrow("not_subscribed");
  });

  it("is rejected without a required field", () => {
    const plan = planFor({ source: "whole", fields: { id: required(kept()) } });
    expect(() => deliver(plan, eventOf({}))).toThrow("REQUIRED_FIELD");
  });

  it("has no metadata inside, so that it can be replayed", () => {
    const plan = planFor({ processor: "ARCHIVE", source: "whole", fields, delivery: { metadata: ["DELIVERY_ID"] } });
    expect(opened(plan, "{}")).toBe("{}");
    expect(deliver(plan, eventOf({})).metadata).toHaveProperty("DELIVERY_ID");
  });
});

describe("the seal of a record", () => {
  it("is the first target's", () => {
    expect(opened(archive, "{}", { subjects: SUBJECTS }, SUBJECTS[1])).toBe("{}");
    expect(opened(archive, "{}", { subjects: SUBJECTS }, SUBJECTS[2])).toBe("UNKNOWN_KEY");
  });

  it("is the processor's where the event is about nobody, or an actor only", () => {
    expect(opened(archive, "{}")).toBe("{}");
    expect(opened(archive, "{}", { subjects: SUBJECTS.slice(0, 1) })).toBe("{}");
  });

  it("holds the delivery, the place and the processor together", () => {
    const { deliveryId, payload } = deliver(archive, eventOf({}));
    const key = testKeys().seal("ARCHIVE", undefined);
    const findKey = () => (key === "fenced" ? undefined : key.key);
    for (const aad of [
      sealedTo(archive, "other", ""),
      sealedTo(archive, deliveryId, "x"),
      sealedTo(planFor(), deliveryId, ""),
    ]) {
      expect(openEnvelope({ envelope: payload, aad, findKey })).toMatchObject({ failure: "TAMPERED" });
    }
  });

  it("is on a record of declared fields too, where the format says so", () => {
    const plan = planFor({ fields, delivery: { format: "SEALED", metadata: ["SPACE"] } });
    expect(opened(plan, '{"type":"t","x":1}')).toBe('{"type":"t","_shield":{}}');
  });

  it("draws its nonce behind those of the cells", () => {
    const plan = planFor({ fields: { a: treated({ op: "encrypt" }) }, delivery: { format: "SEALED" } });
    const context = contextFor();
    deliver(plan, eventOf('{"a":"x"}'), context);
    expect(context.random(1)).toEqual(Uint8Array.of(25));
  });
});

describe("the seal of a cell", () => {
  it("is bound to the place in the record", () => {
    const plan = planFor({ fields: { l: list(treated({ op: "encrypt" })) } });
    const decision = deliver(plan, eventOf('{"l":["x"]}'));
    const [text = ""] = (JSON.parse(textOf(decision)) as { l: string[] }).l;
    const key = testKeys().seal(plan.processor, undefined);
    const open = (at: string) =>
      openEnvelope({
        envelope: Buffer.from(text.slice("es.".length), "base64url"),
        aad: sealedTo(plan, decision.deliveryId, at),
        findKey: () => (key === "fenced" ? undefined : key.key),
      });
    expect(open("l[]")).toMatchObject({ ok: true });
    expect(open("l")).toMatchObject({ failure: "TAMPERED" });
  });
});
