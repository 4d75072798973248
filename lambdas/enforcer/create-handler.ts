import { type Clock, heldOf, type Outcome, type Pipeline, type Random, retry, UNANSWERED } from "#delivery";
import type { GiveBack } from "#delivery/give-back";
import { answerTogether, pair } from "#delivery/pair";
import { DeliveryError, ShieldError } from "#errors";
import { type Channel, type Envelope, type Malformed, readRecord } from "#feeds";
import { type InletMessage, readMessages, writeRecord } from "./inbox.ts";
import type { Observer } from "./observer.ts";
import { pauseOf } from "./pause.ts";

export interface HandlerParts {
  readonly pipeline: Pipeline;
  readonly channel: Channel;
  readonly giveBack: GiveBack;
  readonly observer: Observer;
  readonly clock: Pick<Clock, "nowMs">;
  readonly random: Random;
}

export interface Invocation {
  getRemainingTimeInMillis(): number;
}

/** What a queue's invocation answers: the messages that are not done with. */
export interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Handles batches of a queue and direct invocations of EventBridge.
 *
 * A message of a batch that has to be tried again is named in the answer, and the queue is told when to give it out. A
 * direct invocation that has to be tried again fails; EventBridge or Lambda tries it again.
 */
export type Handle = (event: unknown, invocation: Invocation) => Promise<BatchResponse | undefined>;

/** Time before the function's end that is kept for giving back and answering, and for answering alone. */
const GIVE_BACK_MS = 4_000;
const ANSWER_MS = 1_000;

export function createHandler(parts: HandlerParts): Handle {
  return async (event, invocation) => {
    const endMs = parts.clock.nowMs() + invocation.getRemainingTimeInMillis();
    const messages = readMessages(event);
    if (messages !== undefined) return handleBatch(messages, endMs, parts);
    const outcomes = await enforce([writeRecord(event)], endMs - ANSWER_MS, parts);
    failIfUnfinished(outcomes.flat());
    return undefined;
  };
}

async function handleBatch(
  messages: readonly InletMessage[],
  endMs: number,
  parts: HandlerParts,
): Promise<BatchResponse> {
  const { random, observer, clock } = parts;
  const outcomes = await enforce(
    messages.map(({ body }) => body),
    endMs - GIVE_BACK_MS,
    parts,
  );
  const answered = pair(messages, outcomes).map(([message, own]) => ({ ...message, outcomes: own }));
  const unfinished = answered.flatMap(({ id, receipt, receives, outcomes: own }) => {
    const afterMs = pauseOf(own, { receives, random });
    return afterMs === undefined ? [] : [{ id, receipt, afterMs }];
  });
  observer.onHeld(heldOf(answered, clock.nowMs()));
  await parts.giveBack(unfinished, endMs - ANSWER_MS);
  return { batchItemFailures: unfinished.map(({ id }) => ({ itemIdentifier: id })) };
}

/** Takes records through the pipeline; result i holds what became of the events of record i. */
async function enforce(
  bodies: readonly Uint8Array[],
  deadlineMs: number,
  parts: HandlerParts,
): Promise<readonly (readonly Outcome[])[]> {
  const { pipeline, observer, clock } = parts;
  const startedMs = clock.nowMs();
  const read = bodies.map((body) => readOne(body, parts));
  const processed = await answerTogether(read, (records) => pipeline.process(records, deadlineMs)).catch((failure) => {
    observer.onFailure(failure);
    return read.map((records) => records.map(() => ({ outcomes: [retryOf(failure)] })));
  });
  const outcomes = processed.map((records) => records.flatMap((record) => record.outcomes));
  observer.onBatch(outcomes.flat(), clock.nowMs() - startedMs);
  return outcomes;
}

/** A record that the reader cannot stand must not take its neighbours with it. */
function readOne(body: Uint8Array, { channel, observer }: HandlerParts): readonly (Envelope | Malformed)[] {
  try {
    return readRecord(body, channel);
  } catch (failure) {
    observer.onFailure(failure);
    return [{ malformed: "NOT_AN_EVENT", body }];
  }
}

function retryOf(failure: unknown): Outcome {
  return failure instanceof ShieldError ? retry(failure.code) : UNANSWERED;
}

function failIfUnfinished(outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) {
    if (outcome.kind !== "retry") continue;
    const { code } = outcome;
    throw new DeliveryError(code, `expected the event to be delivered, got ${code}: it is tried again`, {
      retryable: true,
    });
  }
}
