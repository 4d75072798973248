import { describe, expect, it } from "vitest";
import { ENRICHMENTS } from "#plan";
import { deliver, textOf } from "#support/enforce";
import { EVENT_TIME, eventOf } from "#support/events";
import { contextFor } from "#support/keys";
import { kept, planFor } from "#support/plans";

const context = () => contextFor({ facts: { SPACE: "acme-eu", REGION: "eu-west-1" } });

const plan = planFor({
  fields: { x: kept() },
  route: { entity: [["x"]] },
  delivery: { metadata: ENRICHMENTS, sampling: { rate: 1, by: "EVENT" } },
});

describe("the envelope", () => {
  it("stands behind the fields under _shield, in the plan's order, without what there is not", () => {
    const decision = deliver(plan, eventOf({ x: "1" }), context());
    expect(textOf(decision)).toBe(
      `{"x":"1","_shield":{"v":1,"delivery_time":"2026-03-01T13:00:00.000Z","delivery_id":"${decision.deliveryId}",` +
        `"entity_key":"${decision.entityKey}","space":"acme-eu","region":"eu-west-1",` +
        `"policy_hash":"${plan.hash}","sample_rate":1}}`,
    );
  });

  it("is told beside the payload as text", () => {
    const { envelope, deliveryId, entityKey } = deliver(plan, eventOf({ x: "1" }), context());
    expect(envelope).toEqual({
      delivery_time: "2026-03-01T13:00:00.000Z",
      delivery_id: deliveryId,
      entity_key: entityKey,
      space: "acme-eu",
      region: "eu-west-1",
      policy_hash: plan.hash,
      sample_rate: "1",
    });
  });

  it("is absent where the plan sends none", () => {
    const decision = deliver(planFor({ fields: { x: kept() } }), eventOf({ x: "1" }), context());
    expect(textOf(decision)).toBe('{"x":"1"}');
    expect(decision).not.toHaveProperty("envelope");
  });

  it("cannot be forged by the event", () => {
    const decision = deliver(
      plan,
      eventOf({ _shield: { space: "other" } }),
      contextFor({ nowMs: Date.parse(EVENT_TIME) }),
    );
    expect(JSON.parse(textOf(decision))).not.toHaveProperty("_shield.space");
    expect(decision.drops).toEqual([
      { path: { at: "", undeclared: "_shield" }, type: "object", reason: "undeclared", count: 1 },
    ]);
  });

  it("stands behind the fields of an output table", () => {
    const flat = planFor({
      fields: {},
      output: { schema: "test.Flat", fields: [] },
      delivery: { metadata: ["SPACE"] },
    });
    expect(textOf(deliver(flat, eventOf({}), context()))).toBe('{"_shield":{"v":1,"space":"acme-eu"}}');
  });
});
