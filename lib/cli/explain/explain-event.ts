import { type Decision, findRoute, referenceEngine } from "#engine";
import type { Envelope } from "#feeds";
import { decodeUtf8, parseJson } from "#json";
import { loadPatterns } from "#plan";
import type { MatrixRow, Policy } from "#policy";
import { createLocalKeys, makeSecret } from "#vault";
import type { Io } from "../io.ts";
import { type Located, locateValues } from "./locate-values.ts";

/** What the policy makes of one event. */
export interface Explanation {
  readonly event: Envelope;
  /** Full name of the message that describes it; absent = no schema does. */
  readonly schema?: string;
  readonly outcomes: readonly ExplainedOutcome[];
  /** Each path of the event, and the row that decides it. */
  readonly fields: readonly Located[];
}

/** What one processor gets of the event. */
export interface ExplainedOutcome {
  readonly processor: string;
  readonly decision: Decision;
}

/** Depth and size were checked when the event was read. */
const ANY_DEPTH = { maxDepth: Number.POSITIVE_INFINITY };

/**
 * Enforces the policy on an event for the processors, as a run would, and finds the row that decides each value.
 *
 * The keys are good for this one look: tokens and seals have nothing to do with those of a run.
 */
export async function explainEvent(
  event: Envelope,
  policy: Policy,
  processors: readonly string[],
  io: Io,
): Promise<Explanation> {
  const plans = policy.plans.filter(({ processor }) => processors.includes(processor));
  const decisions = referenceEngine.link(plans, await loadPatterns(plans)).enforce(event, {
    nowMs: io.nowMs(),
    keys: await createLocalKeys({ secret: makeSecret(io.random) }).open([]),
    random: io.random,
    facts: {},
  });
  const route = findRoute(
    policy.plans.flatMap(({ routes }) => routes),
    event,
  );
  const body = parseJson(decodeUtf8(event.body) ?? "", ANY_DEPTH);
  const rows = route === undefined ? [] : rowsFor(route.schema, event.type, policy.matrix);
  return {
    event,
    ...(route && { schema: route.schema }),
    outcomes: decisions.map((decision, index) => ({ processor: plans[index]?.processor ?? "", decision })),
    fields: "value" in body ? locateValues(body.value, rows) : [],
  };
}

/** A row for some event types stands in for the one that holds for all. */
function rowsFor(schema: string, type: string, matrix: readonly MatrixRow[]): readonly MatrixRow[] {
  const rows = matrix.filter((row) => row.schema === schema && (row.types === undefined || row.types.includes(type)));
  const special = new Set(rows.filter(({ types }) => types !== undefined).map(({ path }) => path));
  return rows.filter(({ types, path }) => types !== undefined || !special.has(path));
}
