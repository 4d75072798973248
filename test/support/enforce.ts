import { type Context, type Decision, type Deliver, referenceEngine } from "#engine";
import type { Envelope } from "#feeds";
import type { Plan } from "#plan";
import { re2 } from "#plan/re2";
import { eventOf } from "#support/events";
import { contextFor } from "#support/keys";

/** Decides one event for one plan with the reference engine. A body that is no envelope becomes one. */
export function enforce(plan: Plan, event: Envelope, context: Context = contextFor()): Decision {
  const [decision] = referenceEngine.link([plan], re2).enforce(event, context);
  if (decision === undefined) throw new Error("expected a decision, got none");
  return decision;
}

/** Decides an event that must be delivered. */
export function deliver(plan: Plan, event: Envelope, context: Context = contextFor()): Deliver {
  const decision = enforce(plan, event, context);
  if (decision.kind !== "deliver") throw new Error(`expected a delivery, got ${JSON.stringify(decision)}`);
  return decision;
}

/** The payload's text for a body: a JSON text or a value. */
export function output(plan: Plan, body: unknown, context?: Context): string {
  return textOf(deliver(plan, eventOf(body), context));
}

export function textOf({ payload }: Deliver): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(payload);
}
