import { describe, expect, it } from "vitest";
import { processUntilDone } from "#cli/run/process-until-done";
import type { Incoming, Outcome, Pipeline } from "#delivery";

const DELIVERED: Outcome = { kind: "delivered", drops: [] };
const DUPLICATE: Outcome = { kind: "skipped", reason: "duplicate" };
const AGAIN: Outcome = { kind: "retry", code: "CLAIMED_ELSEWHERE", afterMs: 30 };

const record = (name: string): Incoming => ({ oversize: 1, name });
const [A, B] = [record("a"), record("b")];

/** A pipeline that answers each call with the next list of outcomes. */
function createPipeline(answers: readonly (readonly (readonly Outcome[])[])[]) {
  const asked: (readonly Incoming[])[] = [];
  const waits: number[] = [];
  const pipeline: Pipeline = {
    async process(batch) {
      const answer = answers[asked.length] ?? answers.at(-1) ?? [];
      asked.push(batch);
      return batch.map((each, index) => ({ record: each, subjects: [], outcomes: answer[index] ?? [] }));
    },
  };
  const sleep = async (ms: number) => void waits.push(ms);
  return { asked, waits, run: () => processUntilDone(pipeline, [A, B], sleep) };
}

describe("processUntilDone", () => {
  it("asks once where every record is done with", async () => {
    const { asked, waits, run } = createPipeline([[[DELIVERED], [DUPLICATE]]]);
    expect((await run()).map(({ outcomes }) => outcomes)).toEqual([[DELIVERED], [DUPLICATE]]);
    expect({ asked, waits }).toEqual({ asked: [[A, B]], waits: [] });
  });

  it("asks again for the others alone, and keeps what was done before", async () => {
    const { asked, waits, run } = createPipeline([
      [
        [DELIVERED, DELIVERED],
        [DELIVERED, AGAIN],
      ],
      [[DUPLICATE, DELIVERED]],
    ]);
    expect((await run()).map(({ outcomes }) => outcomes)).toEqual([
      [DELIVERED, DELIVERED],
      [DELIVERED, DELIVERED],
    ]);
    expect({ asked, waits }).toEqual({ asked: [[A, B], [B]], waits: [30] });
  });

  it("gives up after five times", async () => {
    const { asked, run } = createPipeline([[[AGAIN], [AGAIN]]]);
    expect((await run()).map(({ outcomes }) => outcomes)).toEqual([[AGAIN], [AGAIN]]);
    expect(asked).toHaveLength(5);
  });
});
