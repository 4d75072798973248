import { beforeEach, describe, expect, it } from "vitest";
import type { ClaimLedger, Delivery, NewObject, ObjectStore, Outcome, Sink } from "#delivery";
import { DELIVERED, DUPLICATE, rejected, retry } from "#delivery";
import { EXISTS, foundClaim, UNKNOWN } from "#delivery/answer";
import type { Layout } from "#delivery/layouts/layout";
import { createLineLayout } from "#delivery/layouts/line-layout";
import { createLakeSink } from "#delivery/protocols/lake";
import type { LakeLimits } from "#delivery/protocols/lake-options";
import { DeliveryError } from "#errors";
import { deliveryOf } from "#support/deliveries";
import { createManualClock, type ManualClock } from "#support/manual-clock";
import { MemoryLedger } from "#support/memory-ledger";
import { MemoryObjectStore } from "#support/memory-object-store";
import { createSeededRandom } from "#support/seeded-random";

const STREAM = { processor: "LAKE", generation: "g1" };
const LEASE_MS = 60_000;
const NO_DEADLINE = Number.POSITIVE_INFINITY;
const LIMITS: LakeLimits = {
  leaseMs: LEASE_MS,
  rememberMs: 86_400_000,
  parallelClaims: 4,
  parallelWrites: 2,
  attempts: 2,
  reserveMs: 1_000,
};

/** Objects of event names, one partition per first letter; names that begin with `!` are refused. */
const LAYOUT: Layout<string> = {
  prepare({ payload }) {
    const { name } = JSON.parse(Buffer.from(payload).toString());
    return name.startsWith("!") ? rejected("NOT_REPRESENTABLE", { at: "n" }) : { partition: name[0], row: name };
  },
  objectKey: (partition, name) => `${partition}/${name}`,
  encode: (names) => Buffer.from(names.join(" ")),
};

let clock: ManualClock;
let ledger: MemoryLedger;
let objects: MemoryObjectStore;
let workers = 0;
beforeEach(() => {
  clock = createManualClock();
  ledger = new MemoryLedger(clock.nowMs);
  objects = new MemoryObjectStore();
});

interface Ports {
  readonly ledger?: ClaimLedger;
  readonly objects?: ObjectStore;
}

/** A worker of its own, as another Lambda would be. */
function worker(ports: Ports = {}): Sink {
  const random = createSeededRandom(`worker ${workers++}`);
  return createLakeSink({ stream: STREAM, ledger, objects, layout: LAYOUT, clock, random, limits: LIMITS, ...ports });
}

function deliver(names: readonly string[], sink: Sink = worker(), deadlineMs = NO_DEADLINE) {
  return sink.deliver(
    names.map((name) => deliveryOf(name)),
    deadlineMs,
  );
}

/** Names in each data object, in the order of writing. */
function contents(): readonly string[] {
  return objects.objects.filter(({ tombstone }) => !tombstone).map(({ body }) => Buffer.from(body).toString());
}

function tombstones(): number {
  return objects.objects.filter(({ tombstone }) => tombstone).length;
}

/** Ends a worker in the middle: the port's call never comes back. */
function diesAt(call: string): never {
  throw new Error(`died at ${call}`);
}

/** The first call of a method takes effect or not, and its response is lost. */
function losesFirst<Port extends object>(port: Port, method: keyof Port & string, takesEffect: boolean): Port {
  let lost = false;
  return new Proxy(port, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return async (...rest: unknown[]) => {
        if (name !== method || lost) return value.apply(target, rest);
        lost = true;
        if (takesEffect) await value.apply(target, rest);
        return UNKNOWN;
      };
    },
  });
}

/** Every call of a method takes effect or not, and no response ever comes. */
function losesAll<Port extends object>(port: Port, method: keyof Port & string, takesEffect: boolean): Port {
  return new Proxy(port, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return async (...rest: unknown[]) => {
        if (name !== method) return value.apply(target, rest);
        if (takesEffect) await value.apply(target, rest);
        return UNKNOWN;
      };
    },
  });
}

describe("createLakeSink", () => {
  it("writes one object per partition, each event with one ledger write", async () => {
    expect(await deliver(["a1", "b1", "a2"])).toEqual([DELIVERED, DELIVERED, DELIVERED]);
    expect(contents()).toEqual(["a1 a2", "b1"]);
    expect(ledger.writes).toBe(3);
  });

  it("delivers an event once that is twice in a batch", async () => {
    expect(await deliver(["a1", "a1", "a2", "a1"])).toEqual([DELIVERED, DUPLICATE, DELIVERED, DUPLICATE]);
    expect(contents()).toEqual(["a1 a2"]);
    expect(ledger.writes).toBe(2);
  });

  it("knows an event again with one failed condition", async () => {
    await deliver(["a1"]);
    expect(await deliver(["a1"])).toEqual([DUPLICATE]);
    expect(contents()).toEqual(["a1"]);
    expect(ledger.writes).toBe(2);
  });

  it("writes the new events of a batch that holds old ones", async () => {
    await deliver(["a1"]);
    expect(await deliver(["a1", "a2"])).toEqual([DUPLICATE, DELIVERED]);
    expect(contents()).toEqual(["a1", "a2"]);
  });

  it("refuses what does not fit before anything is claimed for it", async () => {
    const refusal = rejected("NOT_REPRESENTABLE", { at: "n" });
    expect(await deliver(["!1", "a1", "!1"])).toEqual([refusal, DELIVERED, refusal]);
    expect(ledger.writes).toBe(1);
  });

  it("takes a claim that is done for a duplicate without asking for its object", async () => {
    const done: ClaimLedger = {
      replace: (key, claim, when) => ledger.replace(key, claim, when),
      insert: async (_, claim) => foundClaim({ ...claim, fence: "", state: "done" }),
    };
    const blind: ObjectStore = { create: objects.create, head: async () => diesAt("head") };
    expect(await deliver(["a1"], worker({ ledger: done, objects: blind }))).toEqual([DUPLICATE]);
  });

  describe("when a ledger response is lost", () => {
    it.each([{ takesEffect: true }, { takesEffect: false }])(
      "claims again with the same fence (write happened: $takesEffect)",
      async ({ takesEffect }) => {
        const unsure = losesFirst(ledger, "insert", takesEffect);
        expect(await deliver(["a1", "a2"], worker({ ledger: unsure }))).toEqual([DELIVERED, DELIVERED]);
        expect(contents()).toEqual(["a1 a2"]);
      },
    );

    it.each([{ takesEffect: true }, { takesEffect: false }])(
      "never writes the object of a claim that stays unknown (write happened: $takesEffect)",
      async ({ takesEffect }) => {
        const unsure = losesAll(ledger, "insert", takesEffect);
        const unclaimed = retry("LEDGER_UNKNOWN");
        expect(await deliver(["a1", "a2"], worker({ ledger: unsure }))).toEqual([unclaimed, unclaimed]);
        expect({ data: contents(), tombstones: tombstones() }).toEqual({ data: [], tombstones: 1 });
        expect(await deliver(["a1", "a2"])).toEqual([DELIVERED, DELIVERED]);
        expect(contents()).toEqual(["a1 a2"]);
      },
    );

    it("gives up only the object of the claim that is unknown", async () => {
      const unsure: ClaimLedger = {
        insert: async (key, claim) => (key.id === deliveryOf("a1").ledgerId ? UNKNOWN : ledger.insert(key, claim)),
        replace: (key, claim, when) => ledger.replace(key, claim, when),
      };
      const settled = await deliver(["a1", "a2", "b1"], worker({ ledger: unsure }));
      expect(settled).toEqual([retry("LEDGER_UNKNOWN"), retry("LEDGER_UNKNOWN"), DELIVERED]);
    });

    it("tells how long others will wait when even giving up is unknown", async () => {
      const ports = { ledger: losesAll(ledger, "insert", true), objects: losesAll(objects, "create", false) };
      const [settled] = await deliver(["a1"], worker(ports));
      expect(settled).toEqual({ kind: "retry", code: "LEDGER_UNKNOWN", afterMs: expect.any(Number) });
    });
  });

  describe("when a store response is lost", () => {
    it.each([{ takesEffect: true }, { takesEffect: false }])(
      "knows its own object again (write happened: $takesEffect)",
      async ({ takesEffect }) => {
        const unsure = losesFirst(objects, "create", takesEffect);
        expect(await deliver(["a1"], worker({ objects: unsure }))).toEqual([DELIVERED]);
        expect(contents()).toEqual(["a1"]);
      },
    );

    it("gives the events back until the lease is over, and nothing is lost or doubled", async () => {
      for (const takesEffect of [true, false]) {
        const name = `a${takesEffect}`;
        const [settled] = await deliver([name], worker({ objects: losesAll(objects, "create", takesEffect) }));
        expect(settled).toMatchObject(retry("STORE_UNKNOWN"));
        clock.advance(LEASE_MS);
        await deliver([name]);
        expect(contents().filter((content) => content === name)).toHaveLength(1);
      }
    });

    it("does not take a stranger's object for its own", async () => {
      const strange: ObjectStore = {
        create: async () => EXISTS,
        head: async () => ({ fence: "stranger", tombstone: false }),
      };
      expect(await deliver(["a1"], worker({ objects: strange }))).toEqual([retry("CLAIMED_ELSEWHERE")]);
    });

    it("gives back what a store cannot tell the owner of", async () => {
      await deliver(["a1"]);
      const mute: ObjectStore = {
        create: (object) => objects.create(object),
        head: async () => {
          throw new DeliveryError("STORE_UNKNOWN", "no answer", { retryable: true });
        },
      };
      expect(await deliver(["a1"], worker({ objects: mute }))).toEqual([retry("STORE_UNKNOWN")]);
    });
  });

  describe("when another worker has the claim", () => {
    /** A worker that claims and dies before it writes. */
    async function claimAndDie(names: readonly string[]): Promise<NewObject[]> {
      const late: NewObject[] = [];
      const dying: ObjectStore = {
        create: async (object) => {
          late.push(object);
          return diesAt("create");
        },
        head: (key) => objects.head(key),
      };
      await expect(deliver(names, worker({ objects: dying }))).rejects.toThrow("died at create");
      return late;
    }

    it("waits for what is left of the lease", async () => {
      await claimAndDie(["a1"]);
      clock.advance(LEASE_MS - 5);
      expect(await deliver(["a1"])).toEqual([{ kind: "retry", code: "CLAIMED_ELSEWHERE", afterMs: 5 }]);
      expect(objects.objects).toEqual([]);
    });

    it("takes over once the lease is over, behind a tombstone", async () => {
      await claimAndDie(["a1", "a2"]);
      clock.advance(LEASE_MS);
      expect(await deliver(["a1", "a2"])).toEqual([DELIVERED, DELIVERED]);
      expect({ data: contents(), tombstones: tombstones() }).toEqual({ data: ["a1 a2"], tombstones: 1 });
    });

    it("keeps the stalled worker's late object out", async () => {
      const [late] = await claimAndDie(["a1"]);
      clock.advance(LEASE_MS);
      await deliver(["a1"]);
      expect(late && (await objects.create(late))).toEqual(EXISTS);
      expect(contents()).toEqual(["a1"]);
    });

    it("gives everything back when it is the stalled one", async () => {
      let rival: readonly Outcome[] = [];
      const slow: ObjectStore = {
        async create(object) {
          clock.advance(LEASE_MS);
          rival = await deliver(["a1"]);
          return objects.create(object);
        },
        head: (key) => objects.head(key),
      };
      expect(await deliver(["a1", "a2"], worker({ objects: slow }))).toEqual([
        retry("CLAIMED_ELSEWHERE"),
        retry("CLAIMED_ELSEWHERE"),
      ]);
      expect({ rival, data: contents() }).toEqual({ rival: [DELIVERED], data: ["a1"] });
    });

    it("finds that the owner was faster than the tombstone", async () => {
      const [late] = await claimAndDie(["a1"]);
      clock.advance(LEASE_MS);
      const raced: ObjectStore = {
        async create(object) {
          if (object.tombstone && late) await objects.create(late);
          return objects.create(object);
        },
        head: (key) => objects.head(key),
      };
      expect(await deliver(["a1"], worker({ objects: raced }))).toEqual([DUPLICATE]);
      expect(contents()).toEqual(["a1"]);
    });

    it("lets one of two takeovers win", async () => {
      await claimAndDie(["a1"]);
      clock.advance(LEASE_MS);
      const settled = (await Promise.all([deliver(["a1"]), deliver(["a1"])])).flat();
      expect(settled.filter((each) => each.kind === "delivered")).toHaveLength(1);
      expect(contents()).toEqual(["a1"]);
    });

    it("knows its takeover again when the response was lost", async () => {
      await claimAndDie(["a1"]);
      clock.advance(LEASE_MS);
      expect(await deliver(["a1"], worker({ ledger: losesFirst(ledger, "replace", true) }))).toEqual([DELIVERED]);
    });

    it("never writes the object of a takeover that stays unknown", async () => {
      await claimAndDie(["a1"]);
      clock.advance(LEASE_MS);
      const unsure = losesAll(ledger, "replace", true);
      expect(await deliver(["a1"], worker({ ledger: unsure }))).toEqual([retry("LEDGER_UNKNOWN")]);
      expect(contents()).toEqual([]);
    });

    it("asks once for an object that many events are claimed for", async () => {
      await claimAndDie(Array.from({ length: 50 }, (_, index) => `a${index}`));
      clock.advance(LEASE_MS);
      let heads = 0;
      const counting: ObjectStore = {
        create: (object) => objects.create(object),
        async head(key) {
          heads++;
          return objects.head(key);
        },
      };
      await deliver(
        Array.from({ length: 50 }, (_, index) => `a${index}`),
        worker({ objects: counting }),
      );
      expect(heads).toBe(1);
      expect(contents()).toHaveLength(1);
    });
  });

  it("claims nothing when the time that is left is needed for writing", async () => {
    const deadlineMs = clock.nowMs() + LIMITS.reserveMs;
    expect(await deliver(["a1"], worker(), deadlineMs)).toEqual([retry("OUT_OF_TIME")]);
    expect(ledger.writes).toBe(0);
  });

  it("writes what it had claimed when the time was over", async () => {
    const slow: ClaimLedger = {
      async insert(key, claim) {
        clock.advance(400);
        return ledger.insert(key, claim);
      },
      replace: (key, claim, when) => ledger.replace(key, claim, when),
    };
    const sink = createLakeSink({
      stream: STREAM,
      ledger: slow,
      objects,
      layout: LAYOUT,
      clock,
      random: createSeededRandom("slow"),
      limits: { ...LIMITS, parallelClaims: 1 },
    });
    const settled = await deliver(["a1", "a2", "a3"], sink, clock.nowMs() + 1_800);
    expect(settled).toEqual([DELIVERED, DELIVERED, retry("OUT_OF_TIME")]);
    expect(contents()).toEqual(["a1 a2"]);
  });

  it("refuses a ledger that holds another protocol's claims", async () => {
    const [delivery] = [deliveryOf("a1")] as readonly [Delivery];
    const claim = { fence: "f", state: "pending", leaseUntilMs: 0, expiresMs: Number.MAX_SAFE_INTEGER } as const;
    await ledger.insert({ ...STREAM, id: delivery.ledgerId }, claim);
    await expect(deliver(["a1"])).rejects.toThrow(
      new TypeError("expected a claim for an object, got another protocol's"),
    );
  });
});

describe("createLineLayout", () => {
  it("joins lines in the order of the deliveries", () => {
    const layout = createLineLayout(({ payload }) => payload);
    const rows = [deliveryOf("b"), deliveryOf("a")].flatMap((delivery) => {
      const prepared = layout.prepare(delivery);
      return "row" in prepared ? [prepared.row] : [];
    });
    expect(Buffer.from(layout.encode(rows)).toString()).toBe('{"name":"b"}{"name":"a"}');
    expect(layout.encode([])).toHaveLength(0);
  });
});
