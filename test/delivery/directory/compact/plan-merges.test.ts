import { describe, expect, it } from "vitest";
import { planMerges } from "#delivery/directory/compact/plan-merges";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const LIMITS = { events: 10, bytes: 1_000 };

function planned(objects: Readonly<Record<string, readonly [events: number, bytes: number]>>) {
  const kept = Object.entries(objects).map(([key, [events, bytes]]) => {
    return [key, { events, bytes, checksum: 0, fileEnd: 0 }] as const;
  });
  return planMerges(new Map(kept), LIMITS, NOW).map(({ keys }) =>
    keys.map((key) => key.slice(key.lastIndexOf("/") + 1)),
  );
}

describe("the plan of a compaction", () => {
  it("merges what stands in one partition under one ending, and nothing alone", () => {
    expect(
      planned({
        "dt=2026-01-01/hour=00/part-a.parquet": [1, 10],
        "dt=2026-01-01/hour=00/part-b.parquet": [1, 10],
        "dt=2026-01-01/hour=00/part-c.ndjson": [1, 10],
        "dt=2026-01-01/hour=01/part-d.parquet": [1, 10],
      }),
    ).toEqual([["part-a.parquet", "part-b.parquet"]]);
  });

  it("leaves alone hours that ended less than 37 days ago, and what is no such partition", () => {
    const at = (partition: string) =>
      ({ [`${partition}/a.parquet`]: [1, 1], [`${partition}/b.parquet`]: [1, 1] }) as const;
    expect(planned(at("dt=2026-10-22/hour=10"))).toHaveLength(1);
    expect(planned(at("dt=2026-10-22/hour=11"))).toEqual([]);
    expect(planned(at("dt=2026-11-28/hour=11"))).toEqual([]);
    expect(planned(at("other"))).toEqual([]);
  });

  it("keeps to the limits, smallest first", () => {
    const hour = "dt=2026-01-01/hour=00";
    expect(
      planned({
        [`${hour}/a.parquet`]: [1, 900],
        [`${hour}/b.parquet`]: [1, 600],
        [`${hour}/c.parquet`]: [1, 400],
        [`${hour}/d.parquet`]: [1, 50],
        [`${hour}/e.parquet`]: [9, 40],
        [`${hour}/f.parquet`]: [9, 30],
      }),
    ).toEqual([
      ["d.parquet", "e.parquet"],
      ["b.parquet", "c.parquet"],
    ]);
  });
});
