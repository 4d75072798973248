import { S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { type Answer, EXISTS, OK, UNKNOWN } from "#delivery/answer";
import { createS3ObjectStore } from "#delivery/aws/s3-object-store";
import { AwsDouble, answer, type ScriptedAnswer, xmlError } from "#support/aws-double";

const OBJECT = { key: "dt=2026-01-31/part (1)'s.ndjson", body: Buffer.from("{}\n"), fence: "f1", tombstone: false };
const FORBIDDEN = xmlError(403, "AccessDenied");

describe("createS3ObjectStore", () => {
  it("writes an object under its prefix, only where there is none", async () => {
    const double = new AwsDouble(answer(200, ""));
    expect(await storeOver(double).create(OBJECT)).toEqual(OK);
    const [{ method, hostname, path, headers, body } = { headers: {} }] = double.requests;
    expect({ method, hostname, path, body }).toEqual({
      method: "PUT",
      hostname: "lake.s3.eu-west-1.amazonaws.com",
      path: "/LAKE/g1/dt%3D2026-01-31/part%20%281%29%27s.ndjson",
      body: OBJECT.body,
    });
    expect(headers).toMatchObject({
      "content-type": "application/x-ndjson",
      "if-none-match": "*",
      "x-amz-meta-fence": "f1",
    });
    expect(headers).not.toHaveProperty("x-amz-meta-tombstone");
    expect(headers).not.toHaveProperty("expect");
  });

  it("marks a tombstone", async () => {
    const double = new AwsDouble(answer(200, ""));
    await storeOver(double).create({ ...OBJECT, tombstone: true });
    expect(double.requests[0]?.headers["x-amz-meta-tombstone"]).toBe("1");
  });

  it.each<readonly [string, readonly ScriptedAnswer[], Answer]>([
    ["a key that is taken", [xmlError(412, "PreconditionFailed")], EXISTS],
    ["a key that is taken, perhaps by a try that was lost", ["lost", xmlError(412, "PreconditionFailed")], EXISTS],
    ["another write under way, as often as it is tried", [xmlError(409, "ConditionalRequestConflict")], UNKNOWN],
    ["another write under way, and then none", [xmlError(409, "ConditionalRequestConflict"), answer(200, "")], OK],
    ["being asked to slow down", [xmlError(503, "SlowDown")], UNKNOWN],
    ["no answer", ["lost"], UNKNOWN],
    ["no answer and a refusal", ["lost", FORBIDDEN], UNKNOWN],
  ])("tells of %s", async (_, script, outcome) => {
    expect(await storeOver(new AwsDouble(...script)).create(OBJECT)).toEqual(outcome);
  });

  it("reads who wrote a key", async () => {
    const double = new AwsDouble(answer(200, "", { "x-amz-meta-fence": "f2", "x-amz-meta-tombstone": "1" }));
    expect(await storeOver(double).head("a")).toEqual({ fence: "f2", tombstone: true });
    expect(double.requests[0]).toMatchObject({ method: "HEAD", path: "/LAKE/g1/a" });
  });

  it("knows nothing of a key that is free", async () => {
    expect(await storeOver(new AwsDouble(answer(404, ""))).head("a")).toBeUndefined();
  });

  it.each<readonly [string, ScriptedAnswer, RegExp]>([
    ["silence", "lost", /^expected the bucket to answer, got no answer$/],
    ["a busy bucket", answer(503, ""), /^expected the bucket to answer, got no answer$/],
    ["a locked bucket", answer(403, ""), /^expected the bucket to take the request, got \w+ 403$/],
  ])("never takes %s for a free key", async (_, response, message) => {
    await expect(storeOver(new AwsDouble(response)).head("a")).rejects.toThrow(message);
  });

  it("fails when it is not let in, without the service's message", async () => {
    await expect(storeOver(new AwsDouble(FORBIDDEN)).create(OBJECT)).rejects.toThrow(
      /^expected the bucket to take the request, got AccessDenied 403$/,
    );
  });
});

function storeOver({ aws }: AwsDouble) {
  const s3 = aws.open(S3Client, "eu-west-1");
  return createS3ObjectStore({
    s3,
    ask: aws.ask,
    bucket: "lake",
    prefix: "LAKE/g1/",
    contentType: "application/x-ndjson",
  });
}
