import { ShieldError } from "#errors";
import type { KeyRing } from "#keys";
import {
  type DecidedRecord,
  type Deciding,
  decideRecord,
  findSubjectsOf,
  type ProcessedRecord,
  type ToDeliver,
} from "./decide-record.ts";
import type { Incoming } from "./incoming.ts";
import { DELIVERED, type Outcome, retry, UNANSWERED } from "./outcome.ts";
import { answerAll, answerEach, pair, transpose } from "./pair.ts";
import type { KeySource, Outlet } from "./ports.ts";
import { isKept, QUARANTINE, type Quarantine, type Refusal, type Rejection } from "./quarantine.ts";

export interface PipelineOptions extends Omit<Deciding, "plans"> {
  /** Their plans are those that the enforcer links, in the same order. */
  readonly outlets: readonly Outlet[];
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

/** Time before the deadline that sinks leave for keeping what was rejected. */
const QUARANTINE_MS = 4_000;

/** Makes the way of events from a channel to every sink: decide, deliver, and keep in quarantine what is refused. */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { outlets } = options;
  const deciding: Deciding = { ...options, plans: outlets.map(({ plan }) => plan) };
  return {
    async process(batch, deadlineMs = Number.POSITIVE_INFINITY) {
      const found = batch.map((record) => findSubjectsOf(record, deciding));
      const people = found.flatMap(({ subjects }) => subjects);
      const keys = await options.keys.open(people, deadlineMs);
      const records = found.map((each) => decideRecord(each, keys, deciding));
      const run = { ...options, deadlineMs };
      const byOutlet = transpose(
        records.map(({ decided }) => decided),
        outlets.length,
      );
      const delivered = await Promise.all(
        pair(outlets, byOutlet).map(([outlet, decided]) => deliverTo(outlet, decided, run)),
      );
      return keepRejected(pair(records, transpose(delivered, records.length)), keys, run);
    },
  };
}

interface BatchRun extends PipelineOptions {
  readonly deadlineMs: number;
}

/** Delivers what a plan lets through; outcome i is that of what was decided i-th. */
function deliverTo(
  { plan, sink }: Outlet,
  decided: readonly (ToDeliver | Outcome)[],
  run: BatchRun,
): Promise<readonly Outcome[]> {
  const sorted = decided.map((each) => (each.kind === "deliver" ? { ask: each } : { known: each }));
  return answerAll(sorted, async (toDeliver) => {
    const batch = toDeliver.map(({ delivery }) => delivery);
    const deliver = () => sink.deliver(batch, run.deadlineMs - QUARANTINE_MS);
    const outcomes = await orGiveBack(batch, deliver, { where: plan.processor, ...run });
    return pair(toDeliver, outcomes).map(([{ findings }, outcome]) =>
      outcome.kind === "delivered" ? { ...outcome, ...findings } : outcome,
    );
  });
}

/** Keeps the rejected records, and says what became of each record then. */
async function keepRejected(
  records: readonly (readonly [DecidedRecord, readonly Outcome[]])[],
  keys: KeyRing,
  run: BatchRun,
): Promise<readonly ProcessedRecord[]> {
  const sorted = records.map(([record, outcomes]) => {
    const rejection = rejectionOf(record, pair(run.outlets, outcomes));
    return rejection.refusals.length === 0 ? { known: DELIVERED } : { ask: rejection };
  });
  const kept = await answerAll<Rejection, Outcome>(sorted, (rejections) => {
    const put = () => run.quarantine.put(rejections, keys, run.deadlineMs);
    return orGiveBack(rejections, put, { where: QUARANTINE, ...run });
  });
  return pair(records, kept).map(([[{ record, subjects }, outcomes], keeping]) => ({
    record,
    subjects,
    outcomes: outcomes.map((outcome) => unlessLost(outcome, keeping)),
  }));
}

function rejectionOf(
  { record, ledgerId, subjects }: DecidedRecord,
  outcomes: readonly (readonly [Outlet, Outcome])[],
): Rejection {
  const refusals = outcomes.flatMap(([{ plan }, outcome]): readonly Refusal[] => {
    if (outcome.kind !== "rejected") return [];
    const { code, path } = outcome;
    return [{ processor: plan.processor, code, ...(path !== undefined && { path }) }];
  });
  return { record, ledgerId, refusals, subjects };
}

/** A rejected record that could not be kept is not done with. */
function unlessLost(outcome: Outcome, keeping: Outcome): Outcome {
  return outcome.kind !== "rejected" || isKept(keeping) ? outcome : UNANSWERED;
}

interface Failing extends Pick<Deciding, "onFailure"> {
  readonly where: string;
}

/** Gives back everything when a sink fails, or does not answer for each. */
async function orGiveBack(
  items: readonly unknown[],
  deliver: () => Promise<readonly Outcome[]>,
  { where, onFailure }: Failing,
): Promise<readonly Outcome[]> {
  try {
    return await answerEach(items, deliver);
  } catch (failure) {
    onFailure?.(where, failure);
    const outcome = failure instanceof ShieldError ? retry(failure.code) : UNANSWERED;
    return items.map(() => outcome);
  }
}
