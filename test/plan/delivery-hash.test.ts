import { describe, expect, it } from "vitest";
import { deliveryHash, type Plan } from "#plan";
import { dropped, kept, planFor, ROUTE } from "#support/plans";

const STATE = {
  ...ROUTE,
  entity: [["user", "id"]],
  birth: ["user", "born"],
  version: [["time"]],
  deletedBy: ["user.deleted"],
};
const planWith = (route: object, rest: Parameters<typeof planFor>[0] = {}) =>
  deliveryHash(planFor({ fields: { a: kept() }, routes: [{ ...STATE, ...route } as Plan["routes"][number]], ...rest }));
const BASE = planWith({});

describe("deliveryHash", () => {
  it.each([
    ["what a cell lets out", planWith({}, { fields: { a: dropped() } })],
    ["how long events are kept", planWith({}, { delivery: { retentionDays: 3 } })],
    ["which generated values travel", planWith({}, { delivery: { metadata: ["SPACE"] } })],
    ["the name of a schema", planWith({ schema: "other.v1.Schema" })],
    ["another type with the same entity and order", planWith({ match: { types: ["user.other"], base: false } })],
  ])("stays when this changes: %s", (_, hash) => {
    expect(hash).toBe(BASE);
  });

  it.each([
    ["the sink", planWith({}, { delivery: { sink: "STANDARD_QUEUE" } })],
    ["the mode", planWith({}, { delivery: { mode: "NEWEST_STATE" } })],
    ["the format", planWith({}, { delivery: { format: "SEALED" } })],
    ["the entity", planWith({ entity: [["user", "user_id"]] })],
    ["the birth", planWith({ birth: ["user", "created_at"] })],
    ["whether ids return", planWith({ neverReturns: true })],
    ["the order", planWith({ version: [["updated_at"], ["time"]] })],
    ["what deletes", planWith({ deletedBy: [] })],
  ])("changes with %s", (_, hash) => {
    expect(hash).not.toBe(BASE);
  });
});
