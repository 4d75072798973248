import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { rejected, retry } from "#delivery";
import { EXISTS, NEWER, OK, UNKNOWN } from "#delivery/answer";
import { createOpenSearchIndex } from "#delivery/aws/opensearch-index";
import type { PostAnswer, PostRequest } from "#delivery/aws/signed-post";
import type { IndexAnswer, IndexItem } from "#delivery/search-index";

const DEADLINE_MS = 60_000;
const DENIED = retry("SINK_DENIED", 60_000);

describe("createOpenSearchIndex", () => {
  it("writes action and document lines and a newline at the end", async () => {
    const server = new Server([answer([201, 200])]);
    await server.write([create("a"), newest("b", "5")]);
    expect(server.bodies).toEqual([
      '{"create":{"_index":"logs","_id":"a"}}\n{"n":1}\n' +
        '{"update":{"_index":"logs","_id":"b","retry_on_conflict":3}}\n' +
        '{"scripted_upsert":true,"upsert":{},"_source":["_shield.order"],"script":{"id":"event-shield-newest-state-1",' +
        '"params":{"order":"5","document":{"n":1}}}}\n',
    ]);
  });

  it.each<readonly [string, PostAnswer | undefined]>([
    [
      "indexing pressure: 429 for the whole request",
      response(429, { error: { type: "rejected_execution_exception" } }),
    ],
    ["a circuit breaker: 429 for the whole request", response(429, { error: { type: "circuit_breaking_exception" } })],
    ["503", response(503, {})],
    ["no answer", undefined],
    ["an answer that is cut off", { status: 200, body: Buffer.from('{"errors":fal') }],
    ["a write queue that is full: 429 for the item", answer([429])],
  ])("tries again after %s", async (_, refusal) => {
    const server = new Server([refusal, refusal, answer([201])]);
    expect(await server.write([create("a")])).toEqual([OK]);
    expect(server.bodies).toHaveLength(3);
  });

  it("tries again only what was refused for now", async () => {
    const bad = { status: 400, error: { type: "mapper_parsing_exception" } };
    const server = new Server([results({ status: 201 }, { status: 429 }, { status: 409 }, bad), answer([201])]);
    const outcome = await server.write([create("a"), create("b"), create("c"), create("d")]);
    expect(outcome).toEqual([OK, OK, EXISTS, rejected("SINK_REFUSED")]);
    expect(server.bodies[1]).toBe('{"create":{"_index":"logs","_id":"b"}}\n{"n":1}\n');
  });

  it("waits longer each time, never past the deadline", async () => {
    const server = new Server(Array.from({ length: 200 }, () => response(429, {})));
    expect(await server.write([create("a")])).toEqual([retry("SINK_THROTTLED")]);
    expect(server.waits.every((wait, at) => wait >= Math.min(5_000, 100 * 2 ** at) / 2)).toBe(true);
    expect(server.nowMs).toBeLessThan(DEADLINE_MS);
    expect(server.bodies.length).toBeLessThan(30);
  });

  it("leaves a blocked index alone", async () => {
    const blocked = item({ status: 429, error: { type: "cluster_block_exception", reason: "disk" } });
    const server = new Server([blocked]);
    expect(await server.write([create("a")])).toEqual([retry("SINK_DENIED", 60_000)]);
  });

  it.each([
    [413, "TOO_LARGE"],
    [400, "SINK_REFUSED"],
  ] as const)("divides a request refused with %d until the culprit stands alone", async (status, code) => {
    const server = new Server((body) => {
      if (body.includes('"c"')) return response(status, {});
      return answer(
        body
          .split("\n")
          .filter((line) => line.startsWith('{"create"'))
          .map(() => 201),
      );
    });
    const outcome = await server.write([create("a"), create("b"), create("c"), create("d")]);
    expect(outcome).toEqual([OK, OK, rejected(code), OK]);
  });

  it.each<readonly [string, unknown, readonly [number, number]]>([
    ["fewer items than asked", { items: [{ create: { status: 201 } }] }, [1, 0]],
    ["more items than asked", { items: [201, 201, 201].map((status) => ({ create: { status } })) }, [3, 0]],
    ["no items", { took: 1 }, [0, 0]],
    ["items that are no list", { items: { length: 2 } }, [0, 0]],
    ["nothing", null, [0, 0]],
    ["holes", { items: [null, {}] }, [2, 0]],
    ["no status", { items: [{ create: { status: "x" } }, { create: { status: null, error: null } }] }, [2, 0]],
  ])("takes what is said of no item for unknown, and tells it: %s", async (_, body, [answers, fitting]) => {
    const server = new Server(() => response(200, body), DEADLINE_MS);
    expect(await server.write([create("a"), create("b")])).toEqual([UNKNOWN, UNKNOWN]);
    expect(server.refusals).toEqual([
      `expected the search index to answer once for each of 2, got ${answers} answers of which ${fitting} fit: check what answers at its address`,
    ]);
  });

  it("keeps what is said of one item where nothing is said of its neighbour", async () => {
    const server = new Server(
      () => results({ status: 201 }, { status: "x" }, { status: 400, error: null }),
      DEADLINE_MS,
    );
    expect(await server.write([create("a"), create("b"), create("c")])).toEqual([OK, UNKNOWN, DENIED]);
  });

  it("tells an equal order from a newer one", async () => {
    const noop = (order: string) => item({ status: 200, result: "noop", get: { _source: { _shield: { order } } } });
    expect(await new Server([noop("5")]).write([newest("a", "5")])).toEqual([EXISTS]);
    expect(await new Server([noop("6")]).write([newest("a", "5")])).toEqual([NEWER]);
    expect(await new Server([item({ status: 200, result: "updated" })]).write([newest("a", "5")])).toEqual([OK]);
  });

  it("tries again where other writers of the entity were faster", async () => {
    const server = new Server([answer([409]), answer([201])]);
    expect(await server.write([newest("a", "5")])).toEqual([OK]);
    expect(server.bodies).toHaveLength(2);
  });

  it("blames the index, not the document, for a script that is missing", async () => {
    const cause = { type: "resource_not_found_exception" };
    const missing = item({ status: 400, error: { type: "illegal_argument_exception", caused_by: cause } });
    expect(await new Server([missing]).write([newest("a", "5")])).toEqual([retry("SINK_DENIED", 60_000)]);
  });

  it.each([301, 401, 403, 404, 405, 422])("waits where the request is answered %d, and tells why", async (status) => {
    const server = new Server([response(status, { message: "user ann@example.com" })]);
    expect(await server.write([create("a"), create("b")])).toEqual([DENIED, DENIED]);
    expect(server.refusals).toEqual([`expected the search index to take the request, got status ${status}`]);
  });

  it.each(["mapper_parsing_exception", "strict_dynamic_mapping_exception", "document_parsing_exception"])(
    "rejects a document at once for %s",
    async (type) => {
      const server = new Server([results({ status: 201 }, { status: 400, error: { type } })]);
      expect(await server.write([create("a"), create("b")])).toEqual([OK, rejected("SINK_REFUSED")]);
      expect(server.bodies).toHaveLength(1);
    },
  );

  it.each([
    [404, "index_not_found_exception", ""],
    [403, "cluster_block_exception", ""],
    [429, "cluster_block_exception", ""],
    [403, "security_exception", ""],
    [401, "", ""],
    [400, "index_closed_exception", ""],
    [
      400,
      "validation_exception",
      "this action would add [2] total shards, but this cluster currently has [4]/[4] maximum shards open;",
    ],
    [400, "illegal_argument_exception", "no write index is defined for alias [logs]"],
    [400, "illegal_argument_exception", "Limit of total fields [1000] has been exceeded"],
  ])("waits for %d %s, even beside a document that is taken", async (status, type, reason) => {
    const server = new Server([results({ status: 201 }, { status, error: { type, reason } })]);
    expect(await server.write([create("a"), create("b")])).toEqual([OK, DENIED]);
    expect(server.bodies).toHaveLength(1);
  });

  describe("an unknown reason", () => {
    const AMBIGUOUS = { status: 400, error: { type: "illegal_argument_exception", reason: "of some kind" } };
    /** Answers each line; `b` is refused, and everything once `isDown`. */
    const refusing = (isDown: (request: number) => boolean = () => false) => {
      let request = 0;
      return new Server((body) => {
        const down = isDown(request++);
        return results(...idsOf(body).map((id) => (down || id === "b" ? AMBIGUOUS : { status: 201 })));
      });
    };

    it("rejects a document that is refused alone three times while its index takes another", async () => {
      const server = refusing();
      expect(await server.write([create("a"), create("b"), create("c")])).toEqual([OK, rejected("SINK_REFUSED"), OK]);
      expect(server.bodies.map(idsOf)).toEqual([["a", "b", "c"], ["b"], ["b"], ["b"], ["a"]]);
    });

    it("waits where the index takes nothing, after one request", async () => {
      const server = refusing(() => true);
      expect(await server.write([create("a"), create("b")])).toEqual([DENIED, DENIED]);
      expect(server.bodies).toHaveLength(1);
    });

    it("waits where the index takes nothing any more", async () => {
      const server = refusing((request) => request > 0);
      expect(await server.write([create("a"), create("b")])).toEqual([OK, DENIED]);
    });

    it("waits where another index is the one that takes something", async () => {
      const server = refusing();
      expect(await server.write([create("a"), { ...create("b"), index: "other" }])).toEqual([OK, DENIED]);
    });

    it("looks into few at once", async () => {
      const server = new Server((body) =>
        results(...idsOf(body).map((id) => (id === "a" ? { status: 201 } : AMBIGUOUS))),
      );
      const outcome = await server.write([create("a"), ...Array.from({ length: 50 }, (_, at) => create(`b${at}`))]);
      expect(outcome.filter(({ kind }) => kind === "rejected")).toHaveLength(5);
      expect(server.bodies).toHaveLength(1 + 5 * 4);
    });

    it("waits where whole requests are refused, without dividing them all", async () => {
      const server = new Server(() => response(400, {}));
      const outcome = await server.write(Array.from({ length: 512 }, (_, at) => create(`a${at}`)));
      expect(new Set(outcome)).toEqual(new Set([DENIED]));
      expect(server.bodies).toHaveLength(19);
    });
  });

  it("divides until the deadline and leaves the rest", async () => {
    const server = new Server(() => response(413, {}), 1_000);
    const outcome = await server.write(Array.from({ length: 512 }, (_, at) => create(`a${at}`)));
    expect(server.nowMs).toBeLessThanOrEqual(DEADLINE_MS);
    expect(new Set(outcome)).toEqual(new Set([rejected("TOO_LARGE"), retry("OUT_OF_TIME")]));
  });

  it("does not begin after the deadline", async () => {
    const server = new Server([]);
    server.nowMs = DEADLINE_MS;
    expect(await server.write([create("a")])).toEqual([retry("OUT_OF_TIME")]);
  });
});

/** Answers `_bulk` requests from a script, and keeps time. */
class Server {
  readonly bodies: string[] = [];
  readonly waits: number[] = [];
  readonly refusals: string[] = [];
  nowMs = 0;
  readonly #answer: (body: string) => PostAnswer | undefined;

  readonly #answerMs: number;

  constructor(script: readonly (PostAnswer | undefined)[] | ((body: string) => PostAnswer | undefined), answerMs = 0) {
    this.#answerMs = answerMs;
    this.#answer = typeof script === "function" ? script : () => script[this.bodies.length - 1];
  }

  write(items: readonly IndexItem[]): Promise<readonly IndexAnswer[]> {
    const index = createOpenSearchIndex({
      post: async (request) => this.#receive(request),
      clock: { nowMs: () => this.nowMs, sleep: async (ms) => this.#sleep(ms) },
      onRefused: ({ message }) => void this.refusals.push(message),
      random: (length) => new Uint8Array(length).fill(this.waits.length * 40),
    });
    return index.write(items, DEADLINE_MS);
  }

  #receive(request: PostRequest): PostAnswer | undefined {
    const body = gunzipSync(request.body).toString();
    this.bodies.push(body);
    this.nowMs += this.#answerMs;
    return this.#answer(body);
  }

  #sleep(ms: number): void {
    this.waits.push(ms);
    this.nowMs += ms;
  }
}

function create(id: string): IndexItem {
  return { index: "logs", id, action: "create", document: Buffer.from('{"n":1}') };
}

function newest(id: string, order: string): IndexItem {
  return { ...create(id), action: { order } };
}

function answer(statuses: readonly number[]): PostAnswer {
  return response(200, { items: statuses.map((status) => ({ create: { status } })) });
}

function results(...items: readonly object[]): PostAnswer {
  return response(200, { items: items.map((result) => ({ create: result })) });
}

function idsOf(body: string): readonly string[] {
  return [...body.matchAll(/"_id":"(\w+)"/g)].map(([, id = ""]) => id);
}

function item(result: unknown): PostAnswer {
  return response(200, { items: [{ index: result }] });
}

function response(status: number, body: unknown): PostAnswer {
  return { status, body: Buffer.from(JSON.stringify(body)) };
}
