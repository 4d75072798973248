import { describe, expect, it } from "vitest";
import { type Answer, EXISTS, OK, UNKNOWN } from "#delivery/answer";
import type { HttpResponse } from "#delivery/aws/http";
import { createS3ObjectStore } from "#delivery/aws/s3-object-store";
import { answer, ServiceDouble } from "./service-double.ts";

const OBJECT = { key: "dt=2026-01-31/part (1)'s.ndjson", body: Buffer.from("{}\n"), fence: "f1", tombstone: false };

describe("createS3ObjectStore", () => {
  it("writes an object under its prefix, only where there is none", async () => {
    const double = new ServiceDouble(answer(200));
    expect(await storeOver(double).create(OBJECT)).toEqual(OK);
    expect(double.requests).toEqual([
      {
        method: "PUT",
        path: "LAKE/g1/dt%3D2026-01-31/part%20%281%29%27s.ndjson",
        headers: { "content-type": "application/x-ndjson", "if-none-match": "*", "x-amz-meta-fence": "f1" },
        body: OBJECT.body,
      },
    ]);
  });

  it("marks a tombstone", async () => {
    const double = new ServiceDouble(answer(200));
    await storeOver(double).create({ ...OBJECT, tombstone: true });
    expect(double.requests[0]?.headers["x-amz-meta-tombstone"]).toBe("1");
  });

  it.each<readonly [string, HttpResponse | undefined, Answer]>([
    ["a key that is taken", answer(412), EXISTS],
    ["another write under way, as often as it is tried", answer(409), UNKNOWN],
    ["being asked to slow down", answer(503), UNKNOWN],
    ["no answer", undefined, UNKNOWN],
  ])("tells of %s", async (_, response, outcome) => {
    expect(await storeOver(new ServiceDouble(response)).create(OBJECT)).toEqual(outcome);
  });

  it("reads who wrote a key", async () => {
    const headers = { "x-amz-meta-fence": "f2", "x-amz-meta-tombstone": "1" };
    expect(await storeOver(new ServiceDouble(answer(200, {}, headers))).head("a")).toEqual({
      fence: "f2",
      tombstone: true,
    });
  });

  it("knows nothing of a key that is free", async () => {
    expect(await storeOver(new ServiceDouble(answer(404))).head("a")).toBeUndefined();
  });

  it.each([
    [undefined, "expected the bucket to answer, got no answer"],
    [answer(503), "expected the bucket to answer, got no answer"],
    [answer(403), "expected the bucket to take the request, got status 403"],
  ])("never takes %j for a free key", async (response, message) => {
    await expect(storeOver(new ServiceDouble(response)).head("a")).rejects.toThrow(message);
  });

  it("fails when it is not let in", async () => {
    await expect(storeOver(new ServiceDouble(answer(403))).create(OBJECT)).rejects.toThrow(
      "expected the bucket to take the request, got status 403",
    );
  });
});

function storeOver(double: ServiceDouble) {
  return createS3ObjectStore({ s3: double.service, prefix: "LAKE/g1/", contentType: "application/x-ndjson" });
}
