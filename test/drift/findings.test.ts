import { describe, expect, it } from "vitest";
import { countHidden, hasDrift, listFindings, type RevealedNames, writePath } from "#drift";
import { driftedField, driftedType, driftReport } from "./report.ts";

describe("listFindings", () => {
  it("puts the event types together that have the same values at the same place", () => {
    const { fields } = listFindings(
      driftReport({
        fields: [
          driftedField({ event: "user.created", count: 2, firstSeen: "2026-03-15", lastSeen: "2026-03-15" }),
          driftedField({ event: "user.updated", count: 3, firstSeen: "2026-03-13", lastSeen: "2026-03-14" }),
          driftedField({ event: "user.updated", type: "number" }),
          driftedField({ event: "user.updated", feed: "CUSTOM" }),
        ],
      }),
    );
    expect(
      fields.map(({ feed, events, type, count, firstSeen, lastSeen }) => [
        feed,
        events,
        type,
        count,
        firstSeen,
        lastSeen,
      ]),
    ).toEqual([
      ["AUTH0_EVENTS", ["user.created", "user.updated"], "string", 5, "2026-03-13", "2026-03-15"],
      ["AUTH0_EVENTS", ["user.updated"], "number", 1, "2026-03-14", "2026-03-14"],
      ["CUSTOM", ["user.updated"], "string", 1, "2026-03-14", "2026-03-14"],
    ]);
  });

  it.each([
    ["a name", driftedField(), { at: "data.object", undeclared: "passkeys" }, false],
    ["a name at the root", driftedField({ path: "extra" }), { at: "", undeclared: "extra" }, false],
    ["the empty name", driftedField({ path: "data." }), { at: "data", undeclared: "" }, false],
    ["a digest", driftedField({ path: "data.?0123abcd" }), { at: "data", undeclared: "?0123abcd" }, true],
    ["a digest at the root", driftedField({ path: "?0123abcd" }), { at: "", undeclared: "?0123abcd" }, true],
    ["all other names", driftedField({ path: "data.…other" }), { at: "data", undeclared: "…other" }, true],
    ["a declared path", driftedField({ path: "data.tags[]", reason: "wrong_type" }), { at: "data.tags[]" }, false],
  ])("tells %s by its path", (_, field, path, isHidden) => {
    const [finding] = listFindings(driftReport({ fields: [field] })).fields;
    expect(finding).toMatchObject({ path, isHidden });
    expect(finding && writePath(finding)).toBe(field.path);
  });

  it("shows what was revealed in place of digests, and nothing else", () => {
    const names: RevealedNames = {
      fieldAt: (at, digest) => (at === "data" && digest === "?0123abcd" ? "ann@example.com" : undefined),
      typeOf: (feed, digest) => (feed === "CUSTOM" && digest === "?89abcdef" ? "Order Placed" : undefined),
    };
    const found = listFindings(
      driftReport({
        types: [driftedType({ feed: "CUSTOM", event: "?89abcdef" }), driftedType({ event: "?89abcdef" })],
        fields: [driftedField({ path: "data.?0123abcd" }), driftedField({ path: "?0123abcd" })],
      }),
      names,
    );
    expect(found.types.map(({ event, isHidden }) => [event, isHidden])).toEqual([
      ["Order Placed", false],
      ["?89abcdef", true],
    ]);
    expect(found.fields.map((field) => [writePath(field), field.isHidden])).toEqual([
      ["data.ann@example.com", false],
      ["?0123abcd", true],
    ]);
    expect(countHidden(found)).toBe(2);
  });

  it.each([
    ["nothing", driftReport(), false],
    ["an unknown type", driftReport({ types: [driftedType()] }), true],
    ["an undeclared value", driftReport({ fields: [driftedField()] }), true],
    ["values that found no room", driftReport({ others: 1 }), true],
  ])("calls %s drift: %#", (_, report, expected) => {
    expect(hasDrift(listFindings(report))).toBe(expected);
  });
});
