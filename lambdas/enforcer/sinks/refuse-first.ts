import { type Delivery, type Outcome, type Rejected, type Sink, UNANSWERED } from "#delivery";

/** Refuses deliveries before a sink that cannot stand them; the others go on, outcome i belongs to delivery i. */
export function refuseFirst(sink: Sink, check: (delivery: Delivery) => Rejected | undefined): Sink {
  return {
    async deliver(batch, deadlineMs) {
      const refusals = batch.map(check);
      const passed = batch.filter((_, position) => refusals[position] === undefined);
      const answers = (passed.length > 0 ? await sink.deliver(passed, deadlineMs) : []).values();
      return refusals.map((refusal): Outcome => refusal ?? answers.next().value ?? UNANSWERED);
    },
  };
}
