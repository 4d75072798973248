import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createAws } from "#lambdas/runtime/aws";
import { createManualClock } from "#support/manual-clock";
import { createSeededRandom } from "#support/seeded-random";

describe("createAws", () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it("signs with the credentials that the function has now, its session token included", async () => {
    const seen: IncomingHttpHeaders[] = [];
    const started = createServer((request, response) => {
      seen.push(request.headers);
      response.end("{}");
    });
    server = started;
    await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
    const { port } = started.address() as AddressInfo;
    const variables: Record<string, string> = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "first",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "token",
    };
    const aws = createAws({ variables, clock: createManualClock(0), random: createSeededRandom("aws") });
    const sqs = aws.service("sqs", "eu-west-1");
    const request = { method: "POST", path: "", headers: {}, body: new Uint8Array() } as const;
    await sqs(request);
    variables["AWS_ACCESS_KEY_ID"] = "second";
    await sqs(request);
    expect(seen.map(({ authorization = "" }) => /Credential=(\S+),/.exec(authorization)?.[1])).toEqual([
      "first/19700101/eu-west-1/sqs/aws4_request",
      "second/19700101/eu-west-1/sqs/aws4_request",
    ]);
    expect(seen[0]?.["x-amz-security-token"]).toBe("token");
  });
});
