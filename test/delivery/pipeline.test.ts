import { describe, expect, it } from "vitest";
import {
  createPipeline,
  createQuarantine,
  DELIVERED,
  type Delivery,
  DUPLICATE,
  type Incoming,
  type KeySource,
  type Outcome,
  type PipelineOptions,
  QUARANTINE_STREAM,
  type Quarantine,
  type QuarantineRecord,
  quarantinedAs,
  rejected,
  retry,
  type Sink,
  STALE,
  UNANSWERED,
} from "#delivery";
import { type Enforcer, referenceEngine } from "#engine";
import { DeliveryError } from "#errors";
import type { Envelope } from "#feeds";
import type { KeyRing } from "#keys";
import type { Plan } from "#plan";
import { fromText, openOne } from "#seal";
import { EVENT_TIME, eventOf } from "#support/events";
import { createManualClock } from "#support/manual-clock";
import { kept, type PlanInput, planFor, required } from "#support/plans";
import { createSeededRandom } from "#support/seeded-random";
import { createLocalKeys } from "#vault";

const KEYS = createLocalKeys({ secret: createSeededRandom("secret")(32) });
const TARGET = { role: "TARGET", tenant: "acme", id: "auth0-user" } as const;

/** A sink that answers as it is told and remembers what it was given. */
function sinkOf(answer: (delivery: Delivery) => Outcome = () => DELIVERED) {
  const taken: Delivery[] = [];
  const deadlines: number[] = [];
  const sink: Sink = {
    async deliver(batch, deadlineMs) {
      taken.push(...batch);
      deadlines.push(deadlineMs);
      return batch.map(answer);
    },
  };
  return { sink, taken, deadlines };
}

const FAILING: Sink = {
  deliver: async () => {
    throw new DeliveryError("SINK_DENIED", "no entry", { retryable: true });
  },
};

function planOf(processor: string, rest: PlanInput = {}): Plan {
  return planFor({ processor, fields: { name: kept() }, ...rest });
}

interface Setup {
  readonly plans?: readonly Plan[];
  readonly sinks?: readonly Sink[];
  readonly quarantine?: Quarantine;
  readonly keys?: KeySource;
  readonly enforcer?: Enforcer;
}

function pipelineOf({ plans = [planOf("ONE")], sinks = [], ...rest }: Setup = {}) {
  const failures: string[] = [];
  const quarantined = sinkOf();
  const random = createSeededRandom("pipeline");
  const options: PipelineOptions = {
    outlets: plans.map((plan, at) => ({ plan, sink: sinks[at] ?? sinkOf().sink })),
    enforcer: referenceEngine.link(plans),
    quarantine: createQuarantine({ sink: quarantined.sink, random }),
    keys: KEYS,
    clock: createManualClock(Date.parse(EVENT_TIME) + 3_600_000),
    random,
    facts: { SPACE: "acme-eu" },
    onFailure: (where, failure) => failures.push(`${where}: ${(failure as Error).message}`),
    ...rest,
  };
  return { pipeline: createPipeline(options), failures, quarantined };
}

function eventNamed(name: string, facts: Partial<Envelope> = {}): Envelope {
  return eventOf({ name }, { sourceId: name, subjects: [TARGET], ...facts });
}

async function outcomesOf(setup: Setup, ...batch: readonly Incoming[]): Promise<readonly (readonly Outcome[])[]> {
  return (await pipelineOf(setup).pipeline.process(batch)).map(({ outcomes }) => outcomes);
}

const PASSED: Outcome = { kind: "delivered", drops: [] };

describe("createPipeline", () => {
  it("delivers what each plan lets through to its sink", async () => {
    const [one, two] = [sinkOf(), sinkOf()];
    const plans = [planOf("ONE"), planOf("TWO", { fields: {} })];
    const outcomes = await outcomesOf({ plans, sinks: [one.sink, two.sink] }, eventNamed("a"), eventNamed("b"));
    const drop = { path: { at: "", undeclared: "name" }, type: "string", reason: "undeclared", count: 1 };
    const dropped = { kind: "delivered", drops: [drop] };
    expect(outcomes).toEqual([
      [PASSED, dropped],
      [PASSED, dropped],
    ]);
    expect(one.taken.map(({ payload }) => Buffer.from(payload).toString())).toEqual(['{"name":"a"}', '{"name":"b"}']);
    expect(two.taken.map(({ payload }) => Buffer.from(payload).toString())).toEqual(["{}", "{}"]);
  });

  it("gives a delivery its ids, time, envelope and attributes", async () => {
    const { sink, taken } = sinkOf();
    const plan = planOf("ONE", {
      delivery: { metadata: ["SPACE"] },
      route: { entity: [["name"]], birth: ["at"], version: [["at"]] },
      fields: { name: kept(), at: kept() },
    });
    const event = eventOf({ name: "a", at: EVENT_TIME }, { sourceId: "a", type: "user.updated" });
    await outcomesOf({ plans: [plan], sinks: [sink] }, event);
    expect(taken).toEqual([
      {
        ledgerId: expect.stringMatching(/^[\w-]{43}$/),
        deliveryId: expect.stringMatching(/^[\w-]{43}$/),
        entityKey: expect.stringMatching(/^[\w-]{43}$/),
        payload: expect.any(Uint8Array),
        deleted: false,
        timeMs: Date.parse(EVENT_TIME),
        feed: "AUTH0_EVENTS",
        envelope: { space: "acme-eu" },
        attributes: { space: "acme-eu" },
      },
    ]);
  });

  it("knows an event again by its feed's id, in one ledger for all processors", async () => {
    const [one, two] = [sinkOf(), sinkOf()];
    const plans = [planOf("ONE"), planOf("TWO")];
    const again = eventOf({ name: "changed" }, { sourceId: "a" });
    await outcomesOf({ plans, sinks: [one.sink, two.sink] }, eventNamed("a"), again, eventNamed("b"));
    const [first, second, other] = one.taken.map(({ ledgerId }) => ledgerId);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
    expect(two.taken.map(({ ledgerId }) => ledgerId)).toEqual([first, second, other]);
    expect(new Set([...one.taken, ...two.taken].map(({ deliveryId }) => deliveryId)).size).toBe(4);
  });

  it("says what sinks say of each delivery, and skips without asking them", async () => {
    const answers: Readonly<Record<string, Outcome>> = {
      '{"name":"b"}': DUPLICATE,
      '{"name":"c"}': STALE,
      '{"name":"d"}': { kind: "retry", code: "SINK_THROTTLED", afterMs: 7 },
      '{"name":"e"}': rejected("NOT_REPRESENTABLE", { at: "name" }),
    };
    const { sink, taken } = sinkOf(({ payload }) => answers[Buffer.from(payload).toString()] ?? DELIVERED);
    const batch = [..."abcde"].map((name) => eventNamed(name));
    const unknown = eventNamed("f", { type: "user.unknown" });
    const outcomes = (await outcomesOf({ sinks: [sink] }, unknown, ...batch)).flat();
    expect(outcomes).toEqual([
      { kind: "skipped", reason: "no_schema" },
      PASSED,
      { kind: "skipped", reason: "duplicate" },
      { kind: "skipped", reason: "stale" },
      { kind: "retry", code: "SINK_THROTTLED", afterMs: 7 },
      { kind: "rejected", code: "NOT_REPRESENTABLE", path: { at: "name" } },
    ]);
    expect(taken).toHaveLength(5);
  });

  it("tells sinks to be done four seconds before the deadline, so that rejects can be kept", async () => {
    const { sink, deadlines } = sinkOf();
    await pipelineOf({ sinks: [sink] }).pipeline.process([eventNamed("a")], 10_123);
    await pipelineOf({ sinks: [sink] }).pipeline.process([eventNamed("a")]);
    expect(deadlines).toEqual([6_123, Number.POSITIVE_INFINITY]);
  });

  it("says whom a record is about", async () => {
    const [processed] = await pipelineOf().pipeline.process([eventNamed("a")]);
    expect(processed?.subjects).toEqual([TARGET]);
  });

  describe("when something fails", () => {
    it("goes on with other sinks and gives back what the failing one should have had", async () => {
      const { pipeline, failures } = pipelineOf({
        plans: [planOf("ONE"), planOf("TWO")],
        sinks: [FAILING, sinkOf().sink],
      });
      const [processed] = await pipeline.process([eventNamed("a")]);
      expect(processed?.outcomes).toEqual([{ kind: "retry", code: "SINK_DENIED" }, PASSED]);
      expect(failures).toEqual(["ONE: no entry"]);
    });

    it("keeps a hole in what one sink says inside that sink, and names it", async () => {
      const holes: Sink = { deliver: async (batch) => new Array<Outcome>(batch.length) };
      const plans = [planOf("ONE"), planOf("TWO")];
      const { pipeline, failures } = pipelineOf({ plans, sinks: [holes, sinkOf().sink] });
      const processed = await pipeline.process([eventNamed("a"), eventNamed("b")]);
      expect(processed.map(({ outcomes }) => outcomes)).toEqual([
        [UNANSWERED, PASSED],
        [UNANSWERED, PASSED],
      ]);
      expect(failures).toEqual(["ONE: expected an answer for each, got none for one of them: report this"]);
    });

    it("gives everything back when a sink does not answer for each, and says so", async () => {
      const silent: Sink = { deliver: async () => [DELIVERED] };
      const { pipeline, failures } = pipelineOf({ sinks: [silent] });
      const processed = await pipeline.process([eventNamed("a"), eventNamed("b")]);
      expect(processed.map(({ outcomes }) => outcomes)).toEqual([[UNANSWERED], [UNANSWERED]]);
      expect(failures).toEqual(["ONE: expected an answer for each of 2, got 1: report this"]);
    });

    it("says what a transform threw beside rejecting the event", async () => {
      const plans = [planOf("ONE", { fields: { name: kept({ ops: [{ op: "encrypt" }] }) } })];
      const batchKeys = await KEYS.open([]);
      const sealing: KeyRing["sealing"] = (stream, ...of) =>
        stream.processor === "ONE" ? fail() : batchKeys.sealing(stream, ...of);
      const keys = { open: async () => ({ ...batchKeys, sealing }) };
      const { pipeline, failures } = pipelineOf({ plans, keys });
      const [processed] = await pipeline.process([eventNamed("a")]);
      expect(processed?.outcomes).toEqual([{ kind: "rejected", code: "TRANSFORM_FAILED", path: { at: "name" } }]);
      expect(failures).toEqual([expect.stringMatching(/^engine: /)]);
    });

    it("rejects an event that the engine cannot stand, and leaves its neighbours alone", async () => {
      const plans = [planOf("ONE")];
      const whole = referenceEngine.link(plans);
      const poisoned: Enforcer = {
        subjectsOf: (event) => (event.sourceId === "subjects" ? fail() : whole.subjectsOf(event)),
        enforce: (event, context) => (event.sourceId === "enforce" ? fail() : whole.enforce(event, context)),
      };
      const { pipeline, failures, quarantined } = pipelineOf({ plans, enforcer: poisoned });
      const batch = ["a", "enforce", "subjects", "b"].map((name) => eventNamed(name));
      const outcomes = (await pipeline.process(batch)).flatMap((processed) => processed.outcomes);
      const rejected = { kind: "rejected", code: "ENFORCER_FAILED" };
      expect(outcomes).toEqual([PASSED, rejected, PASSED, PASSED]);
      expect(failures).toEqual(["engine: poison", "engine: poison"]);
      expect(quarantined.taken).toHaveLength(1);
    });

    it.each<{ title: string; sink: Sink }>([
      { title: "fails", sink: FAILING },
      { title: "gives it back", sink: sinkOf(() => retry("STORE_UNKNOWN")).sink },
    ])("does not call an event rejected while quarantine $title", async ({ sink }) => {
      const quarantine = createQuarantine({ sink, random: createSeededRandom("q") });
      const outcomes = await outcomesOf({ quarantine }, { malformed: "INVALID_JSON", body: Buffer.from("{") });
      expect(outcomes).toEqual([[{ kind: "retry", code: "SINK_FAILED" }]]);
    });
  });
});

function fail(): never {
  throw new Error("poison");
}

describe("quarantine", () => {
  function recordIn({ taken }: ReturnType<typeof sinkOf>, index = 0): QuarantineRecord {
    return JSON.parse(Buffer.from(taken[index]?.payload ?? []).toString());
  }

  function opened({ sealed = "", id }: QuarantineRecord): string {
    const envelope = fromText(sealed) ?? new Uint8Array();
    const found = openOne({ envelope, aad: quarantinedAs(id), keys: KEYS.opening(QUARANTINE_STREAM) });
    return found.ok ? Buffer.from(found.plaintext).toString() : found.failure;
  }

  it("keeps one sealed record per event, with every refusal", async () => {
    const strict = (name: string) => planOf(name, { fields: { name: kept(), need: required(kept()) } });
    const { pipeline, quarantined } = pipelineOf({ plans: [strict("ONE"), planOf("TWO"), strict("THREE")] });
    await pipeline.process([eventNamed("a"), eventOf({ need: "x" }, { sourceId: "b" })]);
    expect(quarantined.taken).toHaveLength(1);
    const record = recordIn(quarantined);
    expect(record).toEqual({
      v: 1,
      id: expect.stringMatching(/^[\w-]{43}$/),
      feed: "AUTH0_EVENTS",
      time: EVENT_TIME,
      bytes: 12,
      rejects: [
        { processor: "ONE", code: "REQUIRED_FIELD", path: "need" },
        { processor: "THREE", code: "REQUIRED_FIELD", path: "need" },
      ],
      sealed: expect.stringMatching(/^es\./),
    });
    expect(opened(record)).toBe('{"name":"a"}');
  });

  it("keeps what is no event under the hash of its bytes, with what every processor says of it", async () => {
    const { pipeline, quarantined } = pipelineOf({ plans: [planOf("ONE"), planOf("TWO")] });
    const body = Buffer.from("{broken");
    const broken: Incoming = { malformed: "INVALID_JSON", body };
    const other: Incoming = { malformed: "NO_TIME", path: "data.date", body: Buffer.from("{}") };
    await pipeline.process([broken, { ...broken, body: Buffer.from(body) }, other]);
    const ids = quarantined.taken.map(({ ledgerId }) => ledgerId);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(recordIn(quarantined)).toMatchObject({
      bytes: 7,
      rejects: [
        { processor: "ONE", code: "INVALID_JSON" },
        { processor: "TWO", code: "INVALID_JSON" },
      ],
    });
    expect(recordIn(quarantined, 2).rejects[0]).toEqual({ processor: "ONE", code: "NO_TIME", path: "data.date" });
    expect(opened(recordIn(quarantined))).toBe("{broken");
  });

  it("keeps of a record that was too large only that it was there", async () => {
    const { pipeline, quarantined } = pipelineOf();
    const large = { oversize: 9_000_000, name: "events.ndjson:3" };
    const outcomes = await pipeline.process([large, { ...large }, { ...large, name: "events.ndjson:4" }]);
    expect(outcomes[0]?.outcomes).toEqual([{ kind: "rejected", code: "TOO_LARGE" }]);
    const ids = quarantined.taken.map(({ ledgerId }) => ledgerId);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(recordIn(quarantined)).toEqual({
      v: 1,
      id: expect.any(String),
      bytes: 9_000_000,
      rejects: [{ processor: "ONE", code: "TOO_LARGE" }],
    });
  });

  it("keeps an event whose time is none", async () => {
    const quarantined = sinkOf();
    const quarantine = createQuarantine({ sink: quarantined.sink, random: createSeededRandom("q") });
    const refusals = [{ processor: "ONE", code: "TIME_OUT_OF_RANGE" as const }];
    await quarantine.put(
      [{ record: eventNamed("a", { timeMs: 9e15 }), ledgerId: "l", refusals }],
      await KEYS.open([]),
      0,
    );
    expect(recordIn(quarantined)).not.toHaveProperty("time");
  });

  it("keeps nothing recoverable of erased people", async () => {
    const quarantined = sinkOf();
    const quarantine = createQuarantine({ sink: quarantined.sink, random: createSeededRandom("q") });
    const keys = { ...(await KEYS.open([])), sealing: () => "fenced" as const };
    const refusals = [{ processor: "ONE", code: "REQUIRED_FIELD" as const }];
    await quarantine.put([{ record: eventNamed("a"), ledgerId: "l", subjects: [TARGET], refusals }], keys, 0);
    expect(recordIn(quarantined)).not.toHaveProperty("sealed");
    expect(Buffer.from(quarantined.taken[0]?.payload ?? []).toString()).not.toContain("auth0-user");
  });

  it("keeps nothing of a record about several people of whom one is erased", async () => {
    const quarantined = sinkOf();
    const quarantine = createQuarantine({ sink: quarantined.sink, random: createSeededRandom("q") });
    const actor = { role: "ACTOR", tenant: "acme", id: "auth0-admin" } as const;
    const keys = { ...(await KEYS.open([])), isFenced: ({ id }: { readonly id: string }) => id === actor.id };
    const refusals = [{ processor: "ONE", code: "REQUIRED_FIELD" as const }];
    const subjects = [TARGET, actor];
    await quarantine.put([{ record: eventNamed("a"), ledgerId: "l", subjects, refusals }], keys, 0);
    expect(recordIn(quarantined)).not.toHaveProperty("sealed");
  });

  it("shows no undeclared name in a path", async () => {
    const quarantined = sinkOf();
    const quarantine = createQuarantine({ sink: quarantined.sink, random: createSeededRandom("q") });
    const path = { at: "data", undeclared: "ann@example.com" };
    const refusals = [{ processor: "ONE", code: "TRANSFORM_FAILED" as const, path }];
    await quarantine.put([{ record: eventNamed("a"), ledgerId: "l", refusals }], await KEYS.open([]), 0);
    expect(recordIn(quarantined).rejects[0]?.path).toMatch(/^data\.\?[0-9a-f]{8}$/);
  });
});
