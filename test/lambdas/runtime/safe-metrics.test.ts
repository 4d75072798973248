import { afterEach, describe, expect, it, vi } from "vitest";
import { createSafeMetrics, type MetricName } from "#lambdas/runtime/safe-metrics";

describe("createSafeMetrics", () => {
  afterEach(() => vi.restoreAllMocks());

  it("writes counts in the embedded metric format, the processor as their only dimension", () => {
    const [line] = linesOf((metrics) => {
      metrics.count("Delivered", 2);
      metrics.count("Delivered", 3);
      metrics.count("Rejected.INVALID_JSON", 1);
    });
    expect(line).toMatchObject({ processor: "CONSUMER", Delivered: [2, 3], "Rejected.INVALID_JSON": 1 });
    expect(line).not.toHaveProperty("service");
    expect(line?.["_aws"]).toMatchObject({
      CloudWatchMetrics: [
        {
          Namespace: "EventShield",
          Dimensions: [["processor"]],
          Metrics: [
            { Name: "Delivered", Unit: "Count" },
            { Name: "Rejected.INVALID_JSON", Unit: "Count" },
          ],
        },
      ],
    });
  });

  it("keeps the dimension from one batch to the next", () => {
    const lines = linesOf((metrics) => {
      metrics.count("Delivered", 1);
      metrics.publish();
      metrics.count("Delivered", 2);
    });
    expect(lines.map(({ processor, Delivered }) => [processor, Delivered])).toEqual([
      ["CONSUMER", 1],
      ["CONSUMER", 2],
    ]);
  });

  it.each(["ann@example.com", "Rejected.ann@example.com", "toString"])("counts nothing named %s", (name) => {
    const lines = linesOf((metrics) => {
      metrics.count(name as MetricName, 1);
      metrics.count("Delivered", 1);
    });
    expect(JSON.stringify(lines)).not.toContain(name);
  });
});

function linesOf(use: (metrics: ReturnType<typeof createSafeMetrics>) => void): readonly Record<string, unknown>[] {
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  const metrics = createSafeMetrics("CONSUMER");
  use(metrics);
  metrics.publish();
  return lines.map((line) => JSON.parse(line));
}
