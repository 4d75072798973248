import { describe, expect, it } from "vitest";
import type { HttpRequest, HttpResponse } from "#delivery/aws/http";
import { createService } from "#delivery/aws/service";
import { createManualClock } from "#support/manual-clock";
import { answer } from "./service-double.ts";

const REQUEST = { method: "POST", path: "a%3Db/c", headers: { "x-test": "1" }, body: Buffer.from("{}") } as const;

describe("createService", () => {
  it("sends what is signed to the endpoint", async () => {
    const { service, sent } = serviceOf([answer(200)]);
    expect(await service(REQUEST)).toEqual(answer(200));
    expect(sent).toEqual([
      {
        method: "POST",
        url: new URL("https://bucket.example.com/folder/a%3Db/c"),
        headers: { "x-test": "1", signed: "1" },
        body: REQUEST.body,
      },
    ]);
  });

  it.each<readonly [string, HttpResponse | undefined]>([
    ["no answer", undefined],
    ["429", answer(429)],
    ["500", answer(500)],
    ["503", answer(503)],
  ])("asks again after %s", async (_, passing) => {
    const { service, sent } = serviceOf([passing, passing, answer(200)]);
    expect(await service(REQUEST)).toEqual(answer(200));
    expect(sent).toHaveLength(3);
  });

  it.each([400, 403, 404, 412])("takes %d for an answer", async (status) => {
    const { service, sent } = serviceOf([answer(status)]);
    expect(await service(REQUEST)).toEqual(answer(status));
    expect(sent).toHaveLength(1);
  });

  it("asks three times, and gives the last answer", async () => {
    const { service, sent } = serviceOf([answer(503), answer(503), undefined, answer(200)]);
    expect(await service(REQUEST)).toBeUndefined();
    expect(sent).toHaveLength(3);
  });

  it("lets a caller say what passes", async () => {
    const { service, sent } = serviceOf([answer(409), answer(200)]);
    expect(await service(REQUEST, ({ status }) => status === 409)).toEqual(answer(200));
    expect(sent).toHaveLength(2);
  });

  it("waits longer before each try, and signs each with its own time", async () => {
    const { service, signedAt } = serviceOf([undefined, undefined, undefined]);
    await service(REQUEST);
    expect(signedAt).toEqual([0, 100, 300]);
  });
});

function serviceOf(script: readonly (HttpResponse | undefined)[]) {
  const sent: HttpRequest[] = [];
  const signedAt: number[] = [];
  const clock = createManualClock(0);
  const service = createService({
    endpoint: new URL("https://bucket.example.com/folder/"),
    async send(request) {
      sent.push(request);
      return script[sent.length - 1];
    },
    async sign(request, nowMs) {
      signedAt.push(nowMs);
      return { ...request, headers: { ...request.headers, signed: "1" } };
    },
    clock,
    random: () => Uint8Array.of(255),
  });
  return { service, sent, signedAt };
}
