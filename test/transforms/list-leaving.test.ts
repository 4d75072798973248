import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "#plan";
import type { Policy } from "#policy";
import { compileShipped } from "#support/descriptors";
import { kept, list, map, planFor, treated } from "#support/plans";
import { listLeaving } from "#transforms";

describe("what leaves", () => {
  let policy: Policy;
  beforeAll(async () => {
    policy = await compileShipped();
  });
  const planOf = (name: string) => policy.plans.find(({ processor }) => processor === name) as Plan;

  it("has each name once, and says what each depends on", () => {
    for (const plan of policy.plans) {
      const names = listLeaving(plan).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      const unexplained = listLeaving(plan).filter(({ dependsOn }) => dependsOn.length === 0);
      expect(unexplained.map(({ name }) => name)).toEqual([]);
    }
  });

  it("is in the matrix, row by row", () => {
    const rows = new Set(policy.matrix.map(({ schema, path }) => `${schema} ${path}`));
    for (const plan of policy.plans) {
      const names = listLeaving(plan).flatMap(({ name }) => (/^(payload$|output )/.test(name) ? [] : [name]));
      const missing = names.filter((name) => !rows.has(name) && !rows.has(`transport ${name}`));
      expect(missing).toEqual([]);
    }
  });

  it("holds nothing that is dropped", () => {
    const names = listLeaving(planOf("WAREHOUSE")).map(({ name }) => name);
    expect(names).not.toContain("auth0.events.v1.UserCreated data.object.email");
    expect(names).toContain("auth0.events.v1.UserCreated type");
  });

  it("has the keys of maps, items of lists, and what transforms draw", () => {
    const plan = planFor({
      fields: {
        labels: map(treated({ op: "pseudonymize" }), undefined, { ops: [{ op: "mask" }] }),
        tags: list(kept()),
      },
    });
    const rows = listLeaving(plan).map(({ name, channel, dependsOn }) => ({ name, channel, dependsOn }));
    const schema = "test.Event";
    expect(rows).toEqual([
      { name: "test.Event labels{key}", channel: "map_key", dependsOn: [{ schema, path: "labels{key}" }] },
      {
        name: "test.Event labels{}",
        channel: "payload",
        dependsOn: [{ schema, path: "labels{}" }, { fact: "keys" }, { event: "tenant" }],
      },
      { name: "test.Event tags[]", channel: "payload", dependsOn: [{ schema, path: "tags[]" }] },
    ]);
  });
});
