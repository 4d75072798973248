import { describe, expect, it } from "vitest";
import { createAsk, type Terms } from "#delivery/aws/ask";
import { createManualClock } from "#support/manual-clock";

const LOST = Object.assign(new Error("cut"), { code: "ECONNRESET" });
const CUT = failure("SyntaxError", 200);
const BROKEN = failure("InternalServerError", 500);
const BUSY = failure("ThrottlingException", 400);
const DENIED = failure("AccessDeniedException", 403);
const TAKEN = failure("PreconditionFailed", 412);

describe("createAsk", () => {
  it("gives the answer", async () => {
    expect(await ask(["text"])).toMatchObject({ reply: { kind: "done", output: "text", isRepeated: false }, tries: 1 });
  });

  it.each([
    ["no answer", LOST],
    ["an answer that is cut off", CUT],
    ["a failure of the service", BROKEN],
    ["408, by whoever stands between", failure("RequestTimeout", 408)],
    ["something that is no error", "text of an event"],
  ])("asks again after %s, and says so", async (_, lost) => {
    const thrown = typeof lost === "string" ? new Thrown(lost) : lost;
    const { reply, tries } = await ask([thrown, "text"]);
    expect({ reply, tries }).toEqual({ reply: { kind: "done", output: "text", isRepeated: true }, tries: 2 });
    expect((await ask([thrown])).reply).toEqual({ kind: "unknown" });
  });

  it("asks again after throttling, which carries nothing out", async () => {
    expect((await ask([BUSY, "text"])).reply).toMatchObject({ kind: "done", isRepeated: false });
    expect(await ask([BUSY])).toMatchObject({ reply: { kind: "refused", isPassing: true }, tries: 3 });
  });

  it("takes a refusal for an answer", async () => {
    const reply = { kind: "refused", name: "AccessDeniedException", status: 403, isPassing: false };
    expect(await ask([DENIED])).toMatchObject({ reply, tries: 1 });
    expect(await ask([BUSY, DENIED])).toMatchObject({ reply, tries: 2 });
  });

  it.each([LOST, CUT, BROKEN])("never takes a refusal after %s for certain", async (lost) => {
    expect((await ask([lost, DENIED])).reply).toEqual({ kind: "unknown" });
    expect((await ask([lost, BUSY])).reply).toEqual({ kind: "unknown" });
    expect((await ask([BUSY, lost, DENIED])).reply).toEqual({ kind: "unknown" });
  });

  it("lets a caller name what tells how things stand, whatever was lost", async () => {
    const terms = { answers: ["PreconditionFailed"] };
    expect((await ask([LOST, TAKEN], terms)).reply).toMatchObject({ kind: "refused", status: 412 });
    expect((await ask([LOST, TAKEN])).reply).toEqual({ kind: "unknown" });
  });

  it("lets a caller name what passes", async () => {
    expect(await ask([TAKEN, "text"], { passing: ["PreconditionFailed"] })).toMatchObject({ tries: 2 });
  });

  it("knows what was never sent", async () => {
    const error = Object.assign(new Error("no profile"), { name: "CredentialsProviderError" });
    expect((await ask([error])).reply).toMatchObject({ kind: "refused", name: "CredentialsProviderError", status: 0 });
  });

  it("keeps no name that could be anything", async () => {
    expect((await ask([failure("ann@example.com", 400)])).reply).toMatchObject({ name: "Error" });
  });

  it("asks three times, after pauses that double", async () => {
    expect(await ask([LOST])).toMatchObject({ tries: 3, sentAt: [0, 100, 300] });
  });

  it("begins no try that the deadline forbids", async () => {
    expect(await ask([LOST], { deadlineMs: 200 })).toMatchObject({ tries: 2, sentAt: [0, 100] });
    expect(await ask([LOST], { deadlineMs: 0 })).toMatchObject({
      tries: 0,
      reply: { kind: "refused", name: "OutOfTime", isPassing: true },
    });
  });
});

/** Wraps what is thrown though it is no error. */
class Thrown {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

function failure(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error("quotes ann@example.com"), { name, $metadata: { httpStatusCode } });
}

/** Asks a service that answers from a script, the last answer for ever. */
async function ask(script: readonly (string | Error | Thrown)[], terms?: Terms) {
  const clock = createManualClock(0);
  const sentAt: number[] = [];
  const reply = await createAsk({ clock, random: (length) => new Uint8Array(length).fill(255) })(async () => {
    sentAt.push(clock.nowMs());
    const next = script[Math.min(sentAt.length, script.length) - 1];
    if (next instanceof Thrown) throw next.value;
    if (next instanceof Error) throw next;
    return next;
  }, terms);
  return { reply, tries: sentAt.length, sentAt };
}
