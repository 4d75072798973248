import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { ERROR_CODES, type ErrorCode } from "#errors";

/** Every metric there is, and what it counts. */
export const METRICS = {
  Delivered: "events that the sink has taken",
  Duplicate: "events that the sink had already",
  Stale: "states of entities that were older than the one the sink has",
  Skipped: "events that the policy does not deliver",
  Rejected: "events in quarantine",
  Retried: "events that were given back",
  DroppedValues: "values that were left out although no cell says so",
  Held: "messages that were given back, in batches that hold some",
  OldestHeldMs: "age of the oldest of them, in milliseconds",
  LedgerUnknown: "ledger writes whose outcome stayed unknown",
} as const;

/** Counted for each code: why events are in quarantine, and why they are held. */
const BY_CODE = ["Rejected.", "Held."] as const;

export type MetricName = keyof typeof METRICS | `${(typeof BY_CODE)[number]}${ErrorCode}`;

/** Counts things by name; the processor is their only dimension. */
export interface SafeMetrics {
  count(name: MetricName, count: number): void;
  /** Writes what was counted since the last time. */
  publish(): void;
}

/** The part of the Powertools metrics that is used. */
export type WriteMetrics = Pick<Metrics, "addMetric" | "publishStoredMetrics">;

const NAMESPACE = "EventShield";

/** Makes the metrics of a processor, written to the log in the embedded metric format. */
export function createSafeMetrics(processor: string, metrics: WriteMetrics = createMetrics(processor)): SafeMetrics {
  return {
    count(name, count) {
      if (isKnown(name)) metrics.addMetric(name, MetricUnit.Count, count);
    },
    publish: () => metrics.publishStoredMetrics(),
  };
}

/** Powertools adds a dimension of its own, `service`, which would double every metric's name. */
function createMetrics(processor: string): Metrics {
  const metrics = new Metrics({ namespace: NAMESPACE });
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ processor });
  return metrics;
}

function isKnown(name: string): boolean {
  const group = BY_CODE.find((beginning) => name.startsWith(beginning));
  return group === undefined ? Object.hasOwn(METRICS, name) : Object.hasOwn(ERROR_CODES, name.slice(group.length));
}
