import { describe, expect, it } from "vitest";
import { referenceEngine } from "#engine";
import type { Plan } from "#plan";
import { re2 } from "#plan/re2";
import { kept, planFor, treated } from "#support/plans";

describe("linking refuses a plan that no compiler of this version makes", () => {
  const plan = planFor({ fields: { x: kept() } });
  const [route] = plan.routes;

  it.each<[string, Plan, string]>([
    ["an unknown transform", planFor({ fields: { x: treated({ op: "reveal" }) } }), "expected a transform"],
    ["a bad parameter", planFor({ fields: { x: treated({ op: "truncate", length: -1 }) } }), "length"],
    ["a missing shape", { ...plan, shapes: [] }, "expected shape 0 in the plan; compile it again with this version"],
    [
      "a route that takes events of which it says nothing",
      { ...plan, routes: [{ ...route!, root: undefined } as never] },
      "expected the fields of test.Event in the plan; compile it again with this version",
    ],
    [
      "a field in the envelope's place",
      planFor({ fields: { _shield: kept() }, delivery: { metadata: ["SPACE"] } }),
      "expected no root field of the name _shield, since it carries the envelope, in the plan; compile it again with this version",
    ],
    [
      "a map pattern that is none",
      { ...planFor({ fields: {} }), shapes: [{ fields: [badMap()] }] },
      "error parsing regexp: missing closing )",
    ],
  ])("%s", (_, refused, message) => {
    expect(() => referenceEngine.link([refused], re2)).toThrow(message);
  });
});

function badMap(): Plan["shapes"][number]["fields"][number] {
  const cell = { kinds: ["string"], class: "PUBLIC", kind: "OTHER", ops: [], onFence: "keep" } as const;
  return { name: "m", node: { node: "map", keys: "(", key: cell, value: { node: "leaf", cell } } };
}
