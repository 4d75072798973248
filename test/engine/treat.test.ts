import { describe, expect, it, vi } from "vitest";
import { deliver, enforce, output, textOf } from "#support/enforce";
import { eventOf } from "#support/events";
import { contextFor, testRandom, withoutSealKeys } from "#support/keys";
import { dropped, kept, list, map, open, personal, planFor, treated } from "#support/plans";

const mask = { op: "mask" };

describe("the transforms of a cell", () => {
  it.each([
    ["none: the value is kept", kept(), '{"x":"abc"}'],
    ["one", treated(mask), '{"x":"***"}'],
    ["several, in order", treated({ op: "truncate", length: 2 }, mask), '{"x":"**"}'],
    ["drop: the value is left out", dropped(), "{}"],
    ["drop behind another", treated(mask, { op: "drop" }), "{}"],
  ])("%s", (_, place, expected) => {
    expect(output(planFor({ fields: { x: place } }), '{"x":"abc"}')).toBe(expected);
  });

  it("treat every item of a list and every value of a map", () => {
    const plan = planFor({ fields: { l: list(treated(mask)), m: map(treated(mask)) } });
    expect(output(plan, '{"l":["a","bc"],"m":{"k":"def"}}')).toBe('{"l":["*","**"],"m":{"k":"***"}}');
  });

  it("treat an open value as one", () => {
    const plan = planFor({ fields: { free: open({ ops: [{ op: "constant", text: "seen" }] }) } });
    expect(output(plan, '{"free":{"email":"a@example.com"}}')).toBe('{"free":"seen"}');
  });

  it("leave nothing uncounted that no cell dropped, and count nothing that a cell dropped", () => {
    const { drops } = deliver(planFor({ fields: { x: dropped() } }), eventOf('{"x":"secret"}'));
    expect(drops).toEqual([]);
  });

  it("make tokens that are the processor's, the tenant's and the kind's own", () => {
    const tokenOf = (processor: string, tenant: string, kind: "EMAIL" | "PHONE") => {
      const plan = planFor({ processor, fields: { x: kept({ kind, ops: [{ op: "pseudonymize" }] }) } });
      return textOf(deliver(plan, eventOf('{"x":"alice"}', { tenant })));
    };
    const tokens = [
      tokenOf("A", "t", "EMAIL"),
      tokenOf("B", "t", "EMAIL"),
      tokenOf("A", "u", "EMAIL"),
      tokenOf("A", "t", "PHONE"),
    ];
    expect(new Set(tokens).size).toBe(4);
    expect(tokenOf("A", "t", "EMAIL")).toBe(tokens[0]);
  });
});

describe("containers", () => {
  it("stay where something below could have been let through, even when nothing was", () => {
    const plan = planFor({ fields: { o: { a: kept(), b: dropped() }, l: list({ a: kept() }), m: map(kept()) } });
    expect(output(plan, '{"o":{"a":1,"b":"x"},"l":[{},7],"m":{"k":1}}')).toBe('{"o":{},"l":[{}],"m":{}}');
  });

  it("go where every cell below drops, so that not even their number shows", () => {
    const fields = { o: { a: dropped(), deep: { b: dropped() } }, l: list({ a: dropped() }), m: map(dropped()), e: {} };
    const decision = deliver(planFor({ fields }), eventOf('{"o":{"a":"x"},"l":[{"a":"y"}],"m":{"k":"z"},"e":{}}'));
    expect(textOf(decision)).toBe("{}");
    expect(decision.drops).toEqual([]);
  });

  it("are checked inside even where they go", () => {
    const { drops } = deliver(planFor({ fields: { o: { a: dropped() } } }), eventOf('{"o":{"x":1}}'));
    expect(drops).toEqual([{ path: { at: "o", undeclared: "x" }, type: "number", reason: "undeclared", count: 1 }]);
  });
});

describe("a transform that throws", () => {
  const fields = {
    a: treated(mask),
    l: list(treated({ op: "encrypt" })),
    z: treated({ op: "encrypt" }),
  };

  it("rejects the event and says where", () => {
    expect(enforce(planFor({ fields }), eventOf('{"a":"x","l":["y"],"z":"w"}'), withoutSealKeys())).toEqual({
      kind: "reject",
      code: "TRANSFORM_FAILED",
      path: { at: "l[]" },
    });
  });

  it("is made known", () => {
    const defects: unknown[] = [];
    const context = { ...withoutSealKeys(), onDefect: (defect: unknown) => void defects.push(defect) };
    enforce(planFor({ fields }), eventOf('{"a":"x","l":["y"],"z":"w"}'), context);
    expect(defects).toEqual([expect.any(Error)]);
  });

  it("draws nothing more for this plan", () => {
    const random = vi.fn(testRandom());
    enforce(planFor({ fields }), eventOf('{"l":["y"],"z":"w"}'), { ...withoutSealKeys(), random });
    expect(random).not.toHaveBeenCalled();
  });
});

describe("fences", () => {
  const plan = planFor({
    fields: {
      type: kept(),
      email: personal(),
      admin: personal({ about: "ACTOR" }),
      token: personal({ onFence: "keep", ops: [{ op: "pseudonymize" }] }),
      sealed: kept({ ops: [{ op: "encrypt", scope: "SUBJECT" }] }),
      gone: personal({ ops: [{ op: "drop" }] }),
    },
  });
  const body = { type: "t", email: "e", admin: "a" };
  const event = eventOf(body, {
    subjects: [
      { role: "TARGET", tenant: "acme", id: "u1" },
      { role: "TARGET", tenant: "acme", id: "u2" },
      { role: "ACTOR", tenant: "acme", id: "u3" },
    ],
  });

  it.each([
    ["nobody: nothing is left out", [], '{"type":"t","email":"e","admin":"a"}', false],
    ["the target: what is about the target is left out", ["u1"], '{"type":"t","admin":"a"}', true],
    ["one of the targets: what is about any target is left out", ["u2"], '{"type":"t","admin":"a"}', true],
    ["the actor: what is about the actor is left out", ["u3"], '{"type":"t","email":"e"}', true],
    ["somebody else: nothing is left out", ["u4"], '{"type":"t","email":"e","admin":"a"}', false],
  ])("%s", (_, fenced, expected, suppressed) => {
    const decision = deliver(plan, event, contextFor({ fenced }));
    expect(textOf(decision)).toBe(expected);
    expect(decision.suppressed).toBe(suppressed);
    expect(decision.drops).toEqual([]);
  });

  it("keep what a cell keeps behind the fence", () => {
    const decision = deliver(plan, { ...event, body: eventOf('{"token":"x"}').body }, contextFor({ fenced: ["u1"] }));
    expect(textOf(decision)).toMatch(/^\{"token":"e1\./);
    expect(decision.suppressed).toBe(false);
  });

  it("leave out what could only be sealed for a fenced person", () => {
    const decision = deliver(plan, { ...event, body: eventOf('{"sealed":"x"}').body }, contextFor({ fenced: ["u1"] }));
    expect(textOf(decision)).toBe("{}");
    expect(decision.suppressed).toBe(true);
  });

  it("do not claim what the policy drops anyway", () => {
    const decision = deliver(plan, { ...event, body: eventOf('{"gone":"x"}').body }, contextFor({ fenced: ["u1"] }));
    expect(decision.suppressed).toBe(false);
  });
});
