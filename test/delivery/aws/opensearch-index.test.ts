import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { rejected, retry } from "#delivery";
import { EXISTS, NEWER, OK } from "#delivery/answer";
import { createOpenSearchIndex } from "#delivery/aws/opensearch-index";
import type { PostAnswer, PostRequest } from "#delivery/aws/signed-post";
import type { IndexAnswer, IndexItem } from "#delivery/search-index";

const DEADLINE_MS = 60_000;

describe("createOpenSearchIndex", () => {
  it("writes action and document lines and a newline at the end", async () => {
    const server = new Server([answer([201, 200])]);
    await server.write([create("a"), { ...create("b"), action: { version: 9007199254740993n } }]);
    expect(server.bodies).toEqual([
      '{"create":{"_index":"logs","_id":"a"}}\n{"n":1}\n' +
        '{"index":{"_index":"logs","_id":"b","version":9007199254740993,"version_type":"external"}}\n{"n":1}\n',
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
    const server = new Server([answer([201, 429, 409, 400]), answer([201])]);
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
    expect(await server.write([create("a")])).toEqual([{ kind: "retry", code: "SINK_THROTTLED", afterMs: 60_000 }]);
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

  it("tells an equal version from a newer one", async () => {
    const conflict = (known: number, own: number) =>
      item({
        status: 409,
        error: {
          type: "t",
          reason: `[x]: version conflict, current version [${known}] is higher or equal to the one provided [${own}]`,
        },
      });
    expect(await new Server([conflict(5, 5)]).write([create("a")])).toEqual([EXISTS]);
    expect(await new Server([conflict(6, 5)]).write([create("a")])).toEqual([NEWER]);
  });

  it("fails when it is not let in, without quoting the answer", async () => {
    const server = new Server([response(403, { message: "user ann@example.com" })]);
    await expect(server.write([create("a")])).rejects.toThrow(
      "expected the search index to take the request, got status 403",
    );
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
  nowMs = 0;
  readonly #answer: (body: string) => PostAnswer | undefined;

  constructor(script: readonly (PostAnswer | undefined)[] | ((body: string) => PostAnswer | undefined)) {
    this.#answer = typeof script === "function" ? script : () => script[this.bodies.length - 1];
  }

  write(items: readonly IndexItem[]): Promise<readonly IndexAnswer[]> {
    const index = createOpenSearchIndex({
      post: async (request) => this.#receive(request),
      clock: { nowMs: () => this.nowMs, sleep: async (ms) => this.#sleep(ms) },
      random: (length) => new Uint8Array(length).fill(this.waits.length * 40),
    });
    return index.write(items, DEADLINE_MS);
  }

  #receive(request: PostRequest): PostAnswer | undefined {
    const body = gunzipSync(request.body).toString();
    this.bodies.push(body);
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

function answer(statuses: readonly number[]): PostAnswer {
  return response(200, { items: statuses.map((status) => ({ create: { status } })) });
}

function item(result: unknown): PostAnswer {
  return response(200, { items: [{ index: result }] });
}

function response(status: number, body: unknown): PostAnswer {
  return { status, body: Buffer.from(JSON.stringify(body)) };
}
