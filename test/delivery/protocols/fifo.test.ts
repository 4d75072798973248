import { describe, expect, it } from "vitest";
import { DELIVERED, DUPLICATE, type Outcome, rejected, retry, STALE } from "#delivery";
import { type Answer, OK, UNKNOWN } from "#delivery/answer";
import type { Claim, Ledger, LedgerKey, Sink } from "#delivery/ports";
import { createFifoEveryEventSink, type FifoOptions } from "#delivery/protocols/fifo-every-event";
import { createFifoNewestStateSink } from "#delivery/protocols/fifo-newest-state";
import type { Message, QueueAnswer } from "#delivery/queue";
import { DeliveryError } from "#errors";
import { deliveryOf } from "#support/deliveries";
import { createManualClock } from "#support/manual-clock";
import { MemoryLedger } from "#support/memory-ledger";

const LEASE_MS = 60_000;
const DEADLINE_MS = Number.MAX_SAFE_INTEGER;
const DENIED = retry("SINK_DENIED", 60_000);
const [ANN, BOB, CY] = ["ann", "bob", "cy"].map((name) => deliveryOf(name, { entityKey: name, order: "1" })) as [
  ReturnType<typeof deliveryOf>,
  ReturnType<typeof deliveryOf>,
  ReturnType<typeof deliveryOf>,
];

const PROTOCOLS = [
  ["every event", createFifoEveryEventSink],
  ["newest states", createFifoNewestStateSink],
] as const;

describe.each(PROTOCOLS)("a FIFO queue of %s", (_, create) => {
  it("says of each delivery what became of its own message", async () => {
    const world = new World(create);
    world.answers = [OK, DENIED, UNKNOWN];
    expect(await world.deliver([ANN, BOB, CY])).toEqual([DELIVERED, DENIED, retry("SINK_UNKNOWN")]);
    world.answers = [rejected("TOO_LARGE")];
    expect(await world.deliver([ANN, BOB, CY])).toEqual([DUPLICATE, rejected("TOO_LARGE"), CLAIMED]);
  });

  it("sends again at once what was certainly not sent, and after the lease what may have been", async () => {
    const world = new World(create);
    world.answers = [DENIED, UNKNOWN];
    await world.deliver([ANN, BOB]);
    world.answers = [OK];
    expect(await world.deliver([ANN, BOB])).toEqual([DELIVERED, CLAIMED]);
    world.clock.advance(LEASE_MS + 1);
    expect(await world.deliver([ANN, BOB])).toEqual([DUPLICATE, DELIVERED]);
    expect(world.sent).toEqual([ANN, BOB, ANN, BOB].map(({ deliveryId }) => deliveryId));
  });

  it("lets nobody in on a running lease", async () => {
    const world = new World(create);
    world.answers = [UNKNOWN];
    await world.deliver([ANN]);
    world.clock.advance(LEASE_MS - 1);
    expect(await world.worker().deliver([ANN], DEADLINE_MS)).toEqual([retry("CLAIMED_ELSEWHERE", 1)]);
    expect(world.sent).toHaveLength(1);
  });

  it.each<readonly [string, Refusal]>([
    ["throttles", async () => UNKNOWN],
    ["denies", denied],
  ])(
    "says delivered only once it is marked, and sends nothing twice, where the ledger %s marks",
    async (_, refusal) => {
      const world = new World(create);
      world.refuseMarks = refusal;
      expect(await world.deliver([ANN, BOB])).toEqual([retry("LEDGER_UNKNOWN"), retry("LEDGER_UNKNOWN")]);
      world.clock.advance(600_000);
      expect(await world.deliver([ANN])).toEqual([retry("LEDGER_UNKNOWN")]);
      world.refuseMarks = undefined;
      expect(await world.deliver([ANN])).toEqual([DELIVERED]);
      expect(await world.deliver([ANN])).toEqual([DUPLICATE]);
      expect(await world.worker().deliver([BOB], DEADLINE_MS)).toEqual([DUPLICATE]);
      expect(world.sent).toHaveLength(2);
    },
  );

  it("leaves to another worker what that one has taken over meanwhile", async () => {
    const world = new World(create);
    const late = world.worker();
    world.onSend = async () => {
      world.onSend = undefined;
      world.clock.advance(LEASE_MS + 1);
      world.refuseMarks = async () => UNKNOWN;
      expect(await world.deliver([ANN])).toEqual([retry("LEDGER_UNKNOWN")]);
      world.refuseMarks = undefined;
    };
    expect(await late.deliver([ANN], DEADLINE_MS)).toEqual([retry("CLAIMED_ELSEWHERE")]);
    expect(await world.deliver([ANN])).toEqual([DELIVERED]);
    expect(world.sent).toHaveLength(2);
  });

  it("asks the ledger once more for what it did not answer", async () => {
    const world = new World(create);
    const once = (forget: () => void) => async () => {
      forget();
      return UNKNOWN;
    };
    world.refuseClaims = once(() => {
      world.refuseClaims = undefined;
    });
    world.refuseMarks = once(() => {
      world.refuseMarks = undefined;
    });
    expect(await world.deliver([ANN])).toEqual([DELIVERED]);
    expect(world.sent).toHaveLength(1);
  });

  it("knows its own claim and mark again where the answers were lost", async () => {
    const world = new World(create);
    world.losesAnswers = true;
    expect(await world.deliver([ANN])).toEqual([DELIVERED]);
    world.answers = [UNKNOWN];
    expect(await world.deliver([BOB])).toEqual([retry("SINK_UNKNOWN")]);
    world.clock.advance(LEASE_MS + 1);
    world.answers = [OK];
    expect(await world.worker().deliver([BOB], DEADLINE_MS)).toEqual([DELIVERED]);
    expect(world.sent).toHaveLength(3);
  });

  it("leaves alone what another worker takes over at the same moment", async () => {
    const world = new World(create);
    world.answers = [UNKNOWN];
    await world.deliver([ANN]);
    world.clock.advance(LEASE_MS + 1);
    const outcomes = await Promise.all(
      [world.worker(), world.worker()].map((worker) => worker.deliver([ANN], DEADLINE_MS)),
    );
    expect(outcomes.flat()).toEqual([retry("SINK_UNKNOWN"), CLAIMED]);
    expect(world.sent).toHaveLength(2);
  });

  it.each([new TypeError("broken"), new DeliveryError("SINK_DENIED", "expected a, got b", { retryable: false })])(
    "hides no failure of the ledger that no retry mends: %s",
    async (failure) => {
      const world = new World(create);
      world.refuseMarks = () => Promise.reject(failure);
      await expect(world.deliver([ANN])).rejects.toBe(failure);
    },
  );

  it("claims for a lease, pending", async () => {
    const world = new World(create);
    world.answers = [UNKNOWN];
    const startedMs = world.clock.nowMs();
    await world.deliver([ANN]);
    expect(world.claims).toMatchObject([{ state: "pending", leaseUntilMs: startedMs + LEASE_MS }]);
  });

  it("asks for nothing where the ledger does not answer", async () => {
    const world = new World(create);
    world.refuseClaims = async () => UNKNOWN;
    expect(await world.deliver([ANN])).toEqual([retry("LEDGER_UNKNOWN")]);
    expect(world.sent).toEqual([]);
  });
});

describe("a FIFO queue of every event", () => {
  it("sends an event once that is twice in a batch", async () => {
    const world = new World(createFifoEveryEventSink);
    expect(await world.deliver([ANN, ANN])).toEqual([DELIVERED, DUPLICATE]);
    expect(world.sent).toHaveLength(1);
  });
});

describe("a FIFO queue of newest states", () => {
  const newer = deliveryOf("ann 2", { entityKey: "ann", order: "2" });

  it("numbers the states of an entity, and sends what it sends again under the same number", async () => {
    const world = new World(createFifoNewestStateSink);
    await world.deliver([ANN]);
    world.answers = [DENIED, OK];
    await world.deliver([newer]);
    await world.deliver([newer]);
    expect(world.sequences).toEqual(["1", "2", "2"]);
  });

  it("calls an older state stale, whoever sent the newer one", async () => {
    const world = new World(createFifoNewestStateSink);
    await world.deliver([newer]);
    expect(await world.deliver([ANN, newer])).toEqual([STALE, DUPLICATE]);
    expect(await world.deliver([ANN])).toEqual([STALE]);
    expect(world.sent).toHaveLength(1);
  });

  it("settles no older state of a batch while the newest is tried again", async () => {
    const world = new World(createFifoNewestStateSink);
    world.answers = [DENIED];
    expect(await world.deliver([ANN, newer])).toEqual([DENIED, DENIED]);
  });
});

const CLAIMED = retry("CLAIMED_ELSEWHERE", LEASE_MS);

type Refusal = () => Promise<Answer<"unknown">>;

function denied(): Promise<never> {
  throw new DeliveryError("SINK_DENIED", "expected a table, got none", { retryable: true });
}

/** Workers over one ledger that can refuse, and one queue that answers what it is told, the last for ever. */
class World {
  readonly clock = createManualClock();
  readonly sent: (string | undefined)[] = [];
  readonly sequences: (string | undefined)[] = [];
  answers: readonly QueueAnswer[] = [OK];
  onSend: (() => Promise<void>) | undefined;
  refuseMarks: Refusal | undefined;
  refuseClaims: Refusal | undefined;
  /** Every first answer of the ledger to a write of its kind is lost. */
  losesAnswers = false;
  readonly claims: Claim[] = [];
  readonly #create: (options: FifoOptions) => Sink;
  readonly #memory = new MemoryLedger(() => this.clock.nowMs());
  readonly #own: Sink;
  #fences = 0;

  constructor(create: (options: FifoOptions) => Sink) {
    this.#create = create;
    this.#own = this.worker();
  }

  deliver(batch: Parameters<Sink["deliver"]>[0]): Promise<readonly Outcome[]> {
    return this.#own.deliver(batch, DEADLINE_MS);
  }

  worker(): Sink {
    return this.#create({
      processor: "P",
      generation: "g1",
      ledger: this.#losing(this.#ledger()),
      queue: { send: (messages) => this.#send(messages) },
      clock: this.clock,
      leaseMs: LEASE_MS,
      horizonMs: 86_400_000,
      concurrency: 4,
      newFence: () => `fence ${this.#fences++}`,
    });
  }

  #ledger(): Ledger {
    const memory = this.#memory;
    const refusing = (claim: Claim) => (claim.state === "done" ? this.refuseMarks : this.refuseClaims);
    return {
      insert: async (...[key, claim]: [LedgerKey, Claim]) => this.refuseClaims?.() ?? memory.insert(key, claim),
      replace: async (key, claim, when) => refusing(claim)?.() ?? memory.replace(key, claim, when),
      advance: async (key, claim, when) => this.refuseClaims?.() ?? memory.advance(key, claim, when),
    };
  }

  #losing(ledger: Ledger): Ledger {
    const lost = new Set<string>();
    const lose = async <Of>(claim: Claim, kind: string, answer: Promise<Of>): Promise<Of | typeof UNKNOWN> => {
      this.claims.push(claim);
      const own = `${kind} ${claim.fence} ${claim.state}`;
      const given = await answer;
      return this.losesAnswers && lost.size < lost.add(own).size ? UNKNOWN : given;
    };
    return {
      insert: (key, claim) => lose(claim, "insert", ledger.insert(key, claim)),
      replace: (key, claim, when) => lose(claim, "replace", ledger.replace(key, claim, when)),
      advance: (key, claim, when) => lose(claim, "advance", ledger.advance(key, claim, when)),
    };
  }

  async #send(messages: readonly Message[]): Promise<readonly QueueAnswer[]> {
    this.sent.push(...messages.map(({ dedupId }) => dedupId));
    this.sequences.push(...messages.map(({ attributes }) => attributes["sequence"]));
    await this.onSend?.();
    return messages.map((_, at) => this.answers[Math.min(at, this.answers.length - 1)] ?? OK);
  }
}
