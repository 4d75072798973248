import type { Decision, Deliver, Enforcer, EnrichFacts } from "#engine";
import type { Envelope, Malformed, Subject } from "#feeds";
import type { Plan } from "#plan";
import { type Incoming, isEvent, ledgerIdOf, type Oversize } from "./incoming.ts";
import type { Findings, Outcome } from "./outcome.ts";
import type { BatchKeys, Clock, Delivery, Random } from "./ports.ts";

/** What deciding stands on. */
export interface Deciding {
  readonly plans: readonly Plan[];
  /** Links the plans, in their order. */
  readonly enforcer: Enforcer;
  readonly clock: Pick<Clock, "nowMs">;
  readonly random: Random;
  readonly facts: EnrichFacts;
  /** Learns of failures that a sink or the engine has no answer for, a transform's among them; everything else goes on. */
  readonly onFailure?: (where: string, failure: unknown) => void;
}

/** A record and the people it is about. */
export interface Sighted {
  readonly record: Incoming;
  readonly subjects: readonly Subject[];
}

/** A record and what is to become of it for each plan. */
export interface Case extends Sighted {
  readonly ledgerId: string;
  readonly verdicts: readonly Verdict[];
}

/** Something to deliver, or an outcome that needs no sink. */
export type Verdict = ToDeliver | Outcome;

export interface ToDeliver {
  readonly kind: "deliver";
  readonly delivery: Delivery;
  readonly findings: Findings;
}

/** Where a failure is that no sink is to blame for. */
export const ENGINE = "engine";

/** Finds out whose keys a record needs. */
export function sight(record: Incoming, { enforcer, onFailure }: Deciding): Sighted {
  if (!isEvent(record)) return { record, subjects: [] };
  try {
    return { record, subjects: enforcer.subjectsOf(record) };
  } catch (failure) {
    onFailure?.(ENGINE, failure);
    return { record, subjects: [] };
  }
}

/** Decides a record for every plan. What is no event is refused by all of them, and so is what the engine cannot stand. */
export function decideRecord({ record, subjects }: Sighted, keys: BatchKeys, deciding: Deciding): Case {
  const ledgerId = ledgerIdOf(record, keys.ledger());
  const refuse = (refusal: Outcome) => ({ record, subjects, ledgerId, verdicts: deciding.plans.map(() => refusal) });
  if (!isEvent(record)) return refuse(refusalOf(record));
  try {
    return { record, subjects, ledgerId, verdicts: decideEvent(record, ledgerId, keys, deciding) };
  } catch (failure) {
    deciding.onFailure?.(ENGINE, failure);
    return refuse({ kind: "rejected", code: "ENFORCER_FAILED" });
  }
}

function refusalOf(record: Malformed | Oversize): Outcome {
  if ("oversize" in record) return { kind: "rejected", code: "TOO_LARGE" };
  const { malformed: code, path } = record;
  return { kind: "rejected", code, ...(path !== undefined && { path: { at: path } }) };
}

function decideEvent(event: Envelope, ledgerId: string, keys: BatchKeys, deciding: Deciding): readonly Verdict[] {
  const { enforcer, clock, random, facts, plans, onFailure } = deciding;
  const onDefect = (defect: unknown) => onFailure?.(ENGINE, defect);
  const decisions = enforcer.enforce(event, { nowMs: clock.nowMs(), keys, random, facts, onDefect });
  return plans.map((plan, index) => verdictOf(decisions[index], (made) => deliveryOf(event, ledgerId, made, plan)));
}

function verdictOf(decision: Decision | undefined, deliver: (decision: Deliver) => Delivery): Verdict {
  if (decision === undefined) throw new RangeError("expected one decision for each plan, got fewer");
  if (decision.kind === "skip") return { kind: "skipped", reason: decision.reason };
  if (decision.kind === "reject") return { ...decision, kind: "rejected" };
  const { drops, drift } = decision;
  return { kind: "deliver", delivery: deliver(decision), findings: { drops, ...(drift && { drift }) } };
}

function deliveryOf(event: Envelope, ledgerId: string, decision: Deliver, plan: Plan): Delivery {
  const { deliveryId, payload, entityKey, version, deleted } = decision;
  return {
    ledgerId,
    deliveryId,
    payload,
    deleted,
    ...(entityKey !== undefined && { entityKey }),
    ...(version !== undefined && { version }),
    timeMs: event.timeMs,
    type: event.type,
    feed: event.feed,
    attributes: attributesOf(decision, plan),
  };
}

/** The generated values that the plan sends with every record, and the policy they were made under. */
function attributesOf({ metadata = {} }: Deliver, { hash }: Plan): Readonly<Record<string, string>> {
  const generated = Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...Object.fromEntries(generated), policy: hash };
}
