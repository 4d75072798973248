import type { DriftedField, DriftedType, DriftReport } from "#delivery";

const DAY = { firstSeen: "2026-03-14", lastSeen: "2026-03-14" };

/** A line of a report: an undeclared field of users. */
export function driftedField(facts: Partial<DriftedField> = {}): DriftedField {
  const place = { feed: "AUTH0_EVENTS", event: "user.updated", path: "data.object.passkeys" } as const;
  return { ...place, reason: "undeclared", type: "string", count: 1, ...DAY, ...facts };
}

/** A line of a report: an unknown event type. */
export function driftedType(facts: Partial<DriftedType> = {}): DriftedType {
  return { feed: "AUTH0_EVENTS", event: "group.created", count: 1, ...DAY, ...facts };
}

/** A report's drift. */
export function driftReport(facts: Partial<DriftReport> = {}): DriftReport {
  return { events: 10, types: [], fields: [], ...facts };
}
