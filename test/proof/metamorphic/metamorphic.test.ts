import { describe, expect, it } from "vitest";
import { type Cell, KINDS, type Kind } from "#plan";
import { listBlueprints } from "../../../lib/proof/events/blueprint.ts";
import { listDifferences } from "../../../lib/proof/metamorphic/differences.ts";
import { chooseHalf, countHalves, listChangeable } from "../../../lib/proof/metamorphic/halves.ts";
import { writeVariant } from "../../../lib/proof/metamorphic/variants.ts";
import { compileSmallPolicy } from "../policy.ts";

const POLICY = await compileSmallPolicy();
const BLUEPRINTS = listBlueprints(POLICY);
const USER = BLUEPRINTS.find(({ type }) => type === "user.updated")!;

describe("halves", () => {
  it("tell each place of an event from each other one", () => {
    const places = listChangeable(USER).map(({ path }) => path);
    const halves = Array.from({ length: countHalves(BLUEPRINTS) }, (_, half) => chooseHalf(USER, half));
    expect(places.length).toBeGreaterThan(15);
    for (const one of places) {
      for (const other of places.filter((each) => each !== one)) {
        expect(halves.some((isChosen) => isChosen(one) && !isChosen(other))).toBe(true);
      }
    }
  });

  it("leave alone what makes an event what it is", () => {
    const places = listChangeable(USER).map(({ path }) => path);
    expect(places).not.toContain("id");
    expect(places).not.toContain("data.object.user_id");
    expect(places).not.toContain("data.object.updated_at");
    expect(places).toContain("data.object.email");
  });
});

describe("variants", () => {
  const roomy = (Object.keys(KINDS) as Kind[]).filter((kind) => !["FLAG", "COUNT"].includes(kind));
  it.each(roomy)("of a %s differ, and the near one keeps both ends", (kind) => {
    const cell: Cell = { kinds: ["string"], class: "PII", kind, ops: [], onFence: "drop" };
    const [base, near, far] = (["base", "near", "far"] as const).map((variant) => writeVariant(cell, variant)!.text);
    expect(new Set([base, near, far]).size).toBe(3);
    expect(near).toHaveLength(base!.length);
    expect(near!.slice(0, 8)).toBe(base!.slice(0, 8));
    if (kind !== "IP" && kind !== "TIMESTAMP") expect(near!.slice(-8)).toBe(base!.slice(-8));
  });
});

describe("differences of payloads", () => {
  const list = (one: unknown, other: unknown) => listDifferences(JSON.stringify(one), JSON.stringify(other), USER);

  it("are told by the path of the value", () => {
    const one = {
      data: { object: { email: "a", labels: { en: "x" }, identities: [{ provider: "p" }, { provider: "q" }] } },
    };
    const other = {
      data: { object: { email: "b", labels: { en: "y" }, identities: [{ provider: "p" }, { provider: "r" }] } },
    };
    expect(list(one, other)).toEqual([
      { path: "data.object.email" },
      { path: "data.object.labels{}" },
      { path: "data.object.identities[].provider" },
    ]);
    expect(list(one, one)).toEqual([]);
  });

  it("are told where something is missing, and where a name is not declared", () => {
    expect(list({ data: { object: { email: "a" } } }, { data: { object: {} } })).toEqual([
      { path: "data.object.email" },
    ]);
    expect(list({ data: { object: { x: 1 } } }, { data: { object: {} } })).toEqual([{ path: "data.object" }]);
  });

  it("are told of the root where only the order or white space differs", () => {
    expect(list({ id: "1", type: "t" }, { type: "t", id: "1" })).toEqual([{ path: "" }]);
  });

  it("are told by the source of an output field", () => {
    const { output } = POLICY.plans.find(({ processor }) => processor === "USERS")!;
    const view = { ...USER, output: output! };
    expect(listDifferences(`{"mail":"a"}`, `{"mail":"b"}`, view)).toEqual([
      { path: "data.object.email", field: "mail" },
    ]);
  });
});
