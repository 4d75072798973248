import { ShieldError } from "#errors";
import type { KeyRing } from "#keys";
import {
  type DecidedRecord,
  type Deciding,
  decideRecord,
  findSubjectsOf,
  type ProcessedRecord,
} from "./decide-record.ts";
import type { Incoming } from "./incoming.ts";
import { DELIVERED, type Outcome, retry, UNANSWERED } from "./outcome.ts";
import type { KeySource, Sink } from "./ports.ts";
import { isKept, QUARANTINE, type Quarantine, type Refusal, type Rejection } from "./quarantine.ts";

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
  process(batch: readonly Incoming[], deadlineMs?: number): Promise<readonly ProcessedRecord[]>;
}

/** Makes the way of events from a channel to every sink: decide, deliver, and keep in quarantine what is refused. */
export function createPipeline(options: PipelineOptions): Pipeline {
  return {
    async process(batch, deadlineMs = Number.POSITIVE_INFINITY) {
      const found = batch.map((record) => findSubjectsOf(record, options));
      const keys = await options.keys.open(found.flatMap(({ subjects }) => subjects));
      const records = found.map((each) => decideRecord(each, keys, options));
      const byPlan = await Promise.all(options.sinks.map((_, plan) => deliverPlan(plan, records, deadlineMs, options)));
      const outcomes = records.map((_, record) => byPlan.map((ofPlan) => ofPlan[record] ?? UNANSWERED));
      const kept = await keepRejected(records, outcomes, keys, { ...options, deadlineMs });
      return records.map(({ record, subjects }, at) => ({
        record,
        subjects,
        outcomes: (outcomes[at] ?? []).map((outcome) => unlessLost(outcome, kept[at])),
      }));
    },
  };
}

/** Delivers what a plan lets through; outcome i is that of record i. */
async function deliverPlan(
  index: number,
  records: readonly DecidedRecord[],
  deadlineMs: number,
  options: PipelineOptions,
): Promise<readonly Outcome[]> {
  const { processor = "" } = options.plans[index] ?? {};
  const decided = records.map((record) => record.decided[index] ?? UNANSWERED);
  const batch = decided.flatMap((each) => (each.kind === "deliver" ? [each.delivery] : []));
  const deliver = async () => options.sinks[index]?.deliver(batch, deadlineMs) ?? [];
  const outcomes = (await orGiveBack(deliver, { count: batch.length, where: processor, ...options })).values();
  return decided.map((each) => {
    if (each.kind !== "deliver") return each;
    const outcome = outcomes.next().value ?? UNANSWERED;
    return outcome.kind === "delivered" ? { ...outcome, ...each.findings } : outcome;
  });
}

/** Keeps the rejected records; outcome i tells whether record i is kept, as far as it has to be. */
async function keepRejected(
  records: readonly DecidedRecord[],
  outcomes: readonly (readonly Outcome[])[],
  keys: KeyRing,
  options: PipelineOptions & { readonly deadlineMs: number },
): Promise<readonly Outcome[]> {
  const rejections = records.map((each, record) => rejectionOf(each, outcomes[record] ?? [], options.plans));
  const batch = rejections.filter(({ refusals }) => refusals.length > 0);
  const put = () => options.quarantine.put(batch, keys, options.deadlineMs);
  const answers = (await orGiveBack(put, { count: batch.length, where: QUARANTINE, ...options })).values();
  return rejections.map(({ refusals }) => (refusals.length > 0 ? (answers.next().value ?? UNANSWERED) : DELIVERED));
}

function rejectionOf(
  { record, ledgerId, subjects }: DecidedRecord,
  outcomes: readonly Outcome[],
  plans: PipelineOptions["plans"],
): Rejection {
  const subject = subjects.find(({ role }) => role === "TARGET") ?? subjects[0];
  const refusals = plans.flatMap(({ processor }, index): readonly Refusal[] => {
    const outcome = outcomes[index];
    if (outcome?.kind !== "rejected") return [];
    const { code, path } = outcome;
    return [{ processor, code, ...(path !== undefined && { path }) }];
  });
  return { record, ledgerId, refusals, ...(subject !== undefined && { subject }) };
}

/** A rejected record that could not be kept is not done with. */
function unlessLost(outcome: Outcome, kept: Outcome | undefined): Outcome {
  return outcome.kind !== "rejected" || isKept(kept ?? UNANSWERED) ? outcome : UNANSWERED;
}

interface Failing extends Pick<Deciding, "onFailure"> {
  readonly count: number;
  readonly where: string;
}

/** Gives back everything when a sink fails instead of answering. */
async function orGiveBack(
  deliver: () => Promise<readonly Outcome[]>,
  { count, where, onFailure }: Failing,
): Promise<readonly Outcome[]> {
  if (count === 0) return [];
  try {
    return await deliver();
  } catch (failure) {
    onFailure?.(where, failure);
    const outcome = failure instanceof ShieldError ? retry(failure.code) : UNANSWERED;
    return Array.from({ length: count }, () => outcome);
  }
}
