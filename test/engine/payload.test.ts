import { describe, expect, it } from "vitest";
import type { Subject } from "#feeds";
import type { KeyRing, LabelledRandom, RandomLabel } from "#keys";
import type { Plan } from "#plan";
import { deliver, textOf } from "#support/enforce";
import { eventOf } from "#support/events";
import { contextFor, openedBy, recordIn } from "#support/keys";
import { dropped, kept, list, map, open, planFor, ROUTE, required, treated } from "#support/plans";

const SUBJECTS = [
  { role: "ACTOR", tenant: "acme", id: "u0" },
  { role: "TARGET", tenant: "acme", id: "u1" },
  { role: "TARGET", tenant: "acme", id: "u2" },
] as const;

/** What a sealed payload holds. */
function opened(plan: Plan, body: unknown, facts: Parameters<typeof eventOf>[1] = {}) {
  const { deliveryId, payload } = deliver(plan, eventOf(body, facts));
  return openedBy(plan, payload, deliveryId);
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
    const { deliveryId, payload } = deliver(archive, eventOf(text, { subjects: SUBJECTS }));
    expect(recordIn(archive, payload, deliveryId)).toBe(expected);
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

  it("has no envelope inside, so that it can be replayed", () => {
    const plan = planFor({ processor: "ARCHIVE", source: "whole", fields, delivery: { metadata: ["DELIVERY_ID"] } });
    expect(opened(plan, "{}")).toBe("{}");
    expect(deliver(plan, eventOf({})).envelope).toHaveProperty("delivery_id");
  });
});

describe("the seal of a record", () => {
  const about = (subjects: readonly Subject[]) => {
    const asked: unknown[] = [];
    const { keys, ...context } = contextFor();
    const sealing: KeyRing["sealing"] = (stream, tenant, people) => {
      asked.push([stream.processor, tenant, ...people.map(({ id }) => id)]);
      return keys.sealing(stream, tenant, people);
    };
    deliver(archive, eventOf({ undeclared: 1 }, { subjects }), { ...context, keys: { ...keys, sealing } });
    return asked;
  };

  it("takes the keys of everybody whom the event names, where nobody can tell whose it is", () => {
    expect(about(SUBJECTS)).toEqual([["ARCHIVE", "acme", "u0", "u1", "u2"]]);
  });

  it("is the tenant's where the event names nobody", () => {
    expect(about([])).toEqual([["ARCHIVE", "acme"]]);
  });

  it("holds the delivery, the place and the processor together", () => {
    const { deliveryId, payload } = deliver(archive, eventOf({}));
    expect(openedBy(archive, payload, "other")).toBe("TAMPERED");
    expect(openedBy(archive, payload, deliveryId, "/x")).toBe("TAMPERED");
    expect(openedBy(planFor(), payload, deliveryId)).toBe("UNKNOWN_KEY");
  });

  it("is on a record of declared fields too, where the format says so", () => {
    const plan = planFor({ fields, delivery: { format: "SEALED", metadata: ["SPACE"] } });
    expect(opened(plan, '{"type":"t","x":1}')).toBe('{"type":"t","_shield":{"v":1}}');
  });

  it("draws its salt for what it is, beside those of the cells", () => {
    const plan = planFor({ fields: { a: treated({ op: "encrypt" }) }, delivery: { format: "SEALED" } });
    const labels: RandomLabel[] = [];
    const { random, ...context } = contextFor();
    const { deliveryId: delivery } = deliver(plan, eventOf('{"a":"x"}'), {
      ...context,
      random: (length, label) => {
        labels.push(label);
        return random(length, label);
      },
    });
    const common = { plan: `${plan.processor}@${plan.generation}`, delivery, purpose: "salt" };
    expect(labels).toEqual([
      { ...common, path: "/a" },
      { ...common, path: "" },
    ]);
  });
});

describe("the seal of a cell", () => {
  const encrypted = treated({ op: "encrypt" });

  function textsIn(text: string): readonly string[] {
    return text.match(/es\.[\w-]+/g) ?? [];
  }

  function sealedBytes(text = ""): Uint8Array {
    return Buffer.from(text.slice("es.".length), "base64url");
  }

  it("is bound to the place in what leaves: list positions and map keys", () => {
    const plan = planFor({ fields: { l: list(encrypted), m: map(encrypted) } });
    const decision = deliver(plan, eventOf('{"l":["x","y"],"m":{"k/~":"z"}}'));
    const texts = textsIn(textOf(decision)).map(sealedBytes);
    const open = (at: number, path: string) =>
      openedBy(plan, texts[at] ?? new Uint8Array(), decision.deliveryId, path).trimEnd();
    expect([open(0, "/l/0"), open(1, "/l/1"), open(2, "/m/k~1~0")]).toEqual(['"x"', '"y"', '"z"']);
    expect([open(0, "/l/1"), open(1, "/l/0"), open(2, "/m/k")]).toEqual(["TAMPERED", "TAMPERED", "TAMPERED"]);
  });

  it("does not change when a neighbour does", () => {
    const plan = planFor({ fields: { a: encrypted, b: encrypted, l: list(encrypted) } });
    const sealedIn = (text: string) => textsIn(textOf(deliver(plan, eventOf(text))));
    const [one, other] = [sealedIn('{"a":"x","b":"y","l":["z"]}'), sealedIn('{"b":"y","l":["z"]}')];
    expect(one.slice(1)).toEqual(other);
  });

  it("has a salt of its own in each place, and where a chain seals twice", () => {
    const twice = treated({ op: "encrypt" }, { op: "encrypt" });
    const plan = planFor({ fields: { l: list(encrypted), twice } });
    const salts: Uint8Array[] = [];
    const { random, ...context } = contextFor();
    const noting: LabelledRandom = (length, label) => {
      const salt = random(length, label);
      salts.push(salt);
      return salt;
    };
    deliver(plan, eventOf('{"l":["x","x"],"twice":"x"}'), { ...context, random: noting });
    expect(new Set(salts.map(String)).size).toBe(4);
  });
});
