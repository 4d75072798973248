import type { Plan } from "#plan";
import type { Blueprint } from "../events/blueprint.ts";
import type { Rules } from "../oracle/rules.ts";
import type { SystemUnderTest } from "../run-round.ts";
import { listDifferences } from "./differences.ts";
import type { VariedRun } from "./run-varied.ts";

/** What comparisons are made with. */
export interface Checking extends SystemUnderTest {
  readonly blueprints: readonly Blueprint[];
  readonly rules: Rules;
  /** Tells of a value that another value changed, or that tells more than it may. */
  report(finding: VariationFinding): void;
  /** Called now and then: comparing takes seconds. */
  onProgress(): void;
}

/** An output that should be the same and is not. */
export interface VariationFinding {
  readonly plan: Plan;
  readonly blueprint: Blueprint;
  readonly path: string;
  /** It stands beside the payload. */
  readonly beside: boolean;
  readonly how: "it depends on another value" | "another processor has the same token";
}

/** An event, as one processor gets it in two runs. */
export interface Comparison {
  readonly plan: Plan;
  readonly blueprint: Blueprint;
  readonly number: number;
}

export function listComparisons({ plans, blueprints }: Checking): readonly Comparison[] {
  return blueprints.flatMap((blueprint, number) => plans.map((plan) => ({ plan, blueprint, number })));
}

/**
 * Compares what a processor gets of an event in two runs, but for differences that are expected; returns whether the
 * processor gets the event at all.
 */
export function compareRuns(
  { plan, blueprint, number }: Comparison,
  [one, other]: readonly [VariedRun, VariedRun],
  checking: Checking,
  isExpected: (path: string, field: string | undefined) => boolean = () => false,
): boolean {
  const [left, right] = [one.get(plan, number), other.get(plan, number)];
  if (left === undefined && right === undefined) return false;
  const found = { plan, blueprint, how: "it depends on another value" } as const;
  if (left === undefined || right === undefined || left.beside !== right.beside) {
    checking.report({ ...found, path: "", beside: true });
    return true;
  }
  const view = { ...blueprint, ...(plan.output && { output: plan.output }) };
  for (const { path, field } of listDifferences(left.payload, right.payload, view)) {
    if (!isExpected(path, field)) checking.report({ ...found, path, beside: false });
  }
  return true;
}
