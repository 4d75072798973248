import type { Decision, Deliver, Enforcer, EnrichFacts } from "#engine";
import type { Envelope, Malformed, Subject } from "#feeds";
import type { KeyRing } from "#keys";
import type { Plan } from "#plan";
import { type Incoming, isEvent, ledgerIdOf, type Oversize } from "./incoming.ts";
import { type DecisionFindings, type Outcome, type Rejected, rejected } from "./outcome.ts";
import { pair } from "./pair.ts";
import type { Clock, Delivery, Random } from "./ports.ts";

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
export interface RecordWithSubjects {
  readonly record: Incoming;
  readonly subjects: readonly Subject[];
}

/** A record and what is to become of it: for plan i something to deliver, or an outcome that needs no sink. */
export interface DecidedRecord extends RecordWithSubjects {
  readonly ledgerId: string;
  readonly decided: readonly (ToDeliver | Outcome)[];
}

/** What became of a record: outcome i is that of plan i. */
export interface ProcessedRecord extends RecordWithSubjects {
  readonly outcomes: readonly Outcome[];
}

export interface ToDeliver {
  readonly kind: "deliver";
  readonly delivery: Delivery;
  readonly findings: DecisionFindings;
}

/** Where a failure is that no sink is to blame for. */
export const ENGINE = "engine";

/** Finds out whose keys a record needs. */
export function findSubjectsOf(record: Incoming, { enforcer, onFailure }: Deciding): RecordWithSubjects {
  if (!isEvent(record)) return { record, subjects: [] };
  try {
    return { record, subjects: enforcer.subjectsOf(record) };
  } catch (failure) {
    onFailure?.(ENGINE, failure);
    return { record, subjects: [] };
  }
}

/** Decides a record for every plan. What is no event is refused by all of them, and so is what the engine cannot stand. */
export function decideRecord(
  { record, subjects }: RecordWithSubjects,
  keys: KeyRing,
  deciding: Deciding,
): DecidedRecord {
  const ledgerId = ledgerIdOf(record, keys);
  const refuse = (refusal: Rejected) => ({ record, subjects, ledgerId, decided: deciding.plans.map(() => refusal) });
  if (!isEvent(record)) return refuse(refusalOf(record));
  try {
    return { record, subjects, ledgerId, decided: decideEvent(record, ledgerId, keys, deciding) };
  } catch (failure) {
    deciding.onFailure?.(ENGINE, failure);
    return refuse(rejected("ENFORCER_FAILED"));
  }
}

/** Says why a record that is no event is refused. */
export function refusalOf(record: Malformed | Oversize): Rejected {
  if ("oversize" in record) return rejected("TOO_LARGE");
  return rejected(record.malformed, record.path === undefined ? undefined : { at: record.path });
}

function decideEvent(event: Envelope, ledgerId: string, keys: KeyRing, deciding: Deciding): DecidedRecord["decided"] {
  const { enforcer, clock, random, facts, plans, onFailure } = deciding;
  const onDefect = (defect: unknown) => onFailure?.(ENGINE, defect);
  const decisions = enforcer.enforce(event, { nowMs: clock.nowMs(), keys, random, facts, onDefect });
  return pair(plans, decisions).map(([plan, decision]) =>
    followDecision(decision, (made) => deliveryOf(event, ledgerId, made, plan)),
  );
}

function followDecision(decision: Decision, deliver: (decision: Deliver) => Delivery): ToDeliver | Outcome {
  if (decision.kind === "skip") return { kind: "skipped", reason: decision.reason };
  if (decision.kind === "reject") return rejected(decision.code, decision.path);
  const { drops, drift } = decision;
  return { kind: "deliver", delivery: deliver(decision), findings: { drops, ...(drift && { drift }) } };
}

function deliveryOf(event: Envelope, ledgerId: string, decision: Deliver, plan: Plan): Delivery {
  const { deliveryId, payload, entityKey, order, deleted } = decision;
  return {
    ledgerId,
    deliveryId,
    payload,
    deleted,
    ...(entityKey !== undefined && { entityKey }),
    ...(order !== undefined && { order }),
    timeMs: event.timeMs,
    feed: event.feed,
    envelope: decision.envelope ?? {},
    attributes: attributesOf(decision, plan),
  };
}

/** An attribute is never empty: queues refuse those. */
function attributesOf({ envelope = {} }: Deliver, { delivery }: Plan): Readonly<Record<string, string>> {
  const names = delivery.envelope.flatMap(({ name, isAttribute }) => (isAttribute ? [name] : []));
  return Object.fromEntries(names.flatMap((name) => (envelope[name] ? [[name, envelope[name]]] : [])));
}
