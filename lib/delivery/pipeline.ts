import { ShieldError } from "#errors";
import { type Case, type Deciding, decideRecord, sight } from "./decide-record.ts";
import type { Incoming } from "./incoming.ts";
import { type Outcome, outcomeOf, type Processed } from "./outcome.ts";
import type { BatchKeys, KeySource, Settled, Sink } from "./ports.ts";
import { QUARANTINE, type Quarantine, type Reject, type Rejection } from "./quarantine.ts";

export interface PipelineOptions extends Deciding {
  /** Sink i is that of plan i. */
  readonly sinks: readonly Sink[];
  readonly quarantine: Quarantine;
  readonly keys: KeySource;
}

export interface Pipeline {
  /**
   * Takes a batch through the policy to the sinks before the deadline (ms since the epoch; absent = none).
   *
   * Result i says what became of record i. Records do not depend on each other, and neither do sinks: a failure of one
   * leaves the others alone.
   */
  process(batch: readonly Incoming[], deadlineMs?: number): Promise<readonly Processed[]>;
}

/** Makes the way of events from a channel to every sink: decide, deliver, and keep in quarantine what is refused. */
export function createPipeline(options: PipelineOptions): Pipeline {
  return {
    async process(batch, deadlineMs = Number.POSITIVE_INFINITY) {
      const sighted = batch.map((record) => sight(record, options));
      const keys = await options.keys.open(sighted.flatMap(({ subjects }) => subjects));
      const cases = sighted.map((each) => decideRecord(each, keys, options));
      const settled = await Promise.all(options.sinks.map((_, plan) => settlePlan(plan, cases, deadlineMs, options)));
      const outcomes = cases.map((_, record) => settled.map((ofPlan) => ofPlan[record] ?? UNANSWERED));
      const kept = await keepRejected(cases, outcomes, keys, { ...options, deadlineMs });
      return cases.map(({ record, subjects }, at) => ({
        record,
        subjects,
        outcomes: (outcomes[at] ?? []).map((outcome) => unlessLost(outcome, kept[at])),
      }));
    },
  };
}

/** What a sink says nothing about is given back. */
const UNANSWERED: Outcome = { kind: "retry", code: "SINK_FAILED" };

/** Delivers what a plan lets through; outcome i is that of case i. */
async function settlePlan(
  index: number,
  cases: readonly Case[],
  deadlineMs: number,
  options: PipelineOptions,
): Promise<readonly Outcome[]> {
  const { processor = "" } = options.plans[index] ?? {};
  const verdicts = cases.map((each) => each.verdicts[index] ?? UNANSWERED);
  const batch = verdicts.flatMap((verdict) => (verdict.kind === "deliver" ? [verdict.delivery] : []));
  const deliver = async () => options.sinks[index]?.deliver(batch, deadlineMs) ?? [];
  const answers = (await orGiveBack(deliver, { count: batch.length, where: processor, ...options })).values();
  return verdicts.map((verdict) => {
    if (verdict.kind !== "deliver") return verdict;
    const answer = answers.next();
    return answer.done ? UNANSWERED : outcomeOf(answer.value, verdict.findings);
  });
}

/** Keeps the rejected records; result i tells whether case i is kept, as far as it has to be. */
async function keepRejected(
  cases: readonly Case[],
  outcomes: readonly (readonly Outcome[])[],
  keys: BatchKeys,
  options: PipelineOptions & { readonly deadlineMs: number },
): Promise<readonly Settled[]> {
  const rejections = cases.map((each, record) => rejectionOf(each, outcomes[record] ?? [], options.plans));
  const batch = rejections.filter(({ rejects }) => rejects.length > 0);
  const put = () => options.quarantine.put(batch, keys, options.deadlineMs);
  const answers = (await orGiveBack(put, { count: batch.length, where: QUARANTINE, ...options })).values();
  return rejections.map(({ rejects }) => (rejects.length > 0 ? answers.next().value : undefined) ?? "delivered");
}

function rejectionOf(
  { record, ledgerId, subjects }: Case,
  outcomes: readonly Outcome[],
  plans: PipelineOptions["plans"],
): Rejection {
  const subject = subjects.find(({ role }) => role === "TARGET") ?? subjects[0];
  const rejects = plans.flatMap(({ processor }, index): readonly Reject[] => {
    const outcome = outcomes[index];
    if (outcome?.kind !== "rejected") return [];
    const { code, path } = outcome;
    return [{ processor, code, ...(path !== undefined && { path }) }];
  });
  return { record, ledgerId, rejects, ...(subject !== undefined && { subject }) };
}

/** A rejected record that could not be kept is not done with. */
function unlessLost(outcome: Outcome, kept: Settled | undefined): Outcome {
  const isKept = kept === "delivered" || kept === "duplicate";
  return outcome.kind !== "rejected" || isKept ? outcome : UNANSWERED;
}

interface Failing extends Pick<Deciding, "onFailure"> {
  readonly count: number;
  readonly where: string;
}

/** Gives back everything when a sink fails instead of answering. */
async function orGiveBack(
  deliver: () => Promise<readonly Settled[]>,
  { count, where, onFailure }: Failing,
): Promise<readonly Settled[]> {
  if (count === 0) return [];
  try {
    return await deliver();
  } catch (failure) {
    onFailure?.(where, failure);
    const retry = failure instanceof ShieldError ? failure.code : "SINK_FAILED";
    return Array.from({ length: count }, () => ({ retry }));
  }
}
