import { beforeAll, describe, expect, it } from "vitest";
import type { Policy } from "#policy";
import { compileShipped } from "#support/descriptors";
import { addSdkTypes } from "../../../lib/auth0/pack/sdk-event-types.ts";
import { listTreePlaces, readTree } from "../../../lib/auth0/pack/tree.ts";
import { PACK } from "./shipped-pack.ts";

describe("the Event Stream types of the pack", () => {
  let policy: Policy;
  beforeAll(async () => {
    policy = await compileShipped();
  });

  it("declare every field of the official schemas", () => {
    const routes = policy.plans.flatMap((plan) => plan.routes);
    const missing = [...addSdkTypes(PACK.schemas.events)].flatMap(([type, schema]) => {
      const name = routes.find(({ match }) => match.types.includes(type))?.schema;
      const declared = new Set(policy.matrix.filter((row) => row.schema === name).map(({ path }) => path));
      return listTreePlaces(readTree(schema))
        .filter(({ path }) => !declared.has(path))
        .map(({ path }) => `${type} ${path}`);
    });
    expect(missing).toEqual([]);
  });
});
