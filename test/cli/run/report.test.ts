import { describe, expect, it } from "vitest";
import { addReports, type RunReport } from "../../../lib/cli/run/report.ts";

const RUN: RunReport = {
  events: 3,
  duplicates: 1,
  unmatched: 1,
  malformed: 1,
  unread: 1,
  policy: "first",
  processors: {
    LAKE: {
      delivered: 1,
      skipped: { duplicate: 1 },
      rejected: { INVALID_JSON: 1 },
      dropped: [
        { path: "b", type: "string", count: 2 },
        { path: "a", type: "string", count: 1 },
      ],
    },
  },
};

const FIELD = { feed: "AUTH0_LOGS", event: "s", path: "new", reason: "undeclared", type: "string" } as const;

describe("the totals of a directory", () => {
  it("are the first run's report", () => {
    expect(addReports(undefined, RUN)).toEqual({ runs: 1, ...RUN });
  });

  it("add up, under the last policy", () => {
    const { runs, policy, ...sum } = addReports(addReports(undefined, RUN), { ...RUN, policy: "second" });
    expect({ runs, policy }).toEqual({ runs: 2, policy: "second" });
    expect(sum).toEqual({
      events: 6,
      duplicates: 2,
      unmatched: 2,
      malformed: 2,
      unread: 2,
      processors: {
        LAKE: {
          delivered: 2,
          skipped: { duplicate: 2 },
          rejected: { INVALID_JSON: 2 },
          dropped: [
            { path: "b", type: "string", count: 4 },
            { path: "a", type: "string", count: 2 },
          ],
        },
      },
    });
  });

  it("keep processors, reasons and places that one of the runs alone has", () => {
    const processors = {
      INDEX: { delivered: 1, skipped: { stale: 1 }, rejected: {}, undelivered: { SINK_FAILED: 1 }, dropped: [] },
      LAKE: { delivered: 0, skipped: { test: 2 }, rejected: {}, dropped: [{ path: "c", type: "null", count: 9 }] },
    } as const;
    const { LAKE, INDEX } = addReports(addReports(undefined, RUN), { ...RUN, processors }).processors;
    expect(INDEX).toEqual(processors.INDEX);
    expect(LAKE).toMatchObject({ delivered: 1, skipped: { duplicate: 1, test: 2 }, rejected: { INVALID_JSON: 1 } });
    expect(LAKE?.dropped.map(({ path }) => path)).toEqual(["c", "b", "a"]);
  });

  it("keep drift, from the first to the last day", () => {
    const drift = (firstSeen: string, lastSeen: string) => ({
      events: 2,
      types: [{ feed: "AUTH0_LOGS" as const, event: "x", count: 1, firstSeen, lastSeen }],
      fields: [{ ...FIELD, count: 1, firstSeen, lastSeen }],
    });
    const totals = [
      { ...RUN, drift: drift("2026-01-02", "2026-01-03") },
      { ...RUN, drift: drift("2026-01-01", "2026-01-04") },
      RUN,
    ].reduce(addReports, undefined as Parameters<typeof addReports>[0]);
    expect(totals?.drift).toEqual({
      events: 4,
      types: [{ feed: "AUTH0_LOGS", event: "x", count: 2, firstSeen: "2026-01-01", lastSeen: "2026-01-04" }],
      fields: [{ ...FIELD, count: 2, firstSeen: "2026-01-01", lastSeen: "2026-01-04" }],
    });
  });
});
