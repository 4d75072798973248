import { describe, expect, it } from "vitest";
import { fetchSecret } from "#delivery/aws/fetch-secret";
import type { HttpResponse } from "#delivery/aws/http";
import { answer, ServiceDouble } from "./service-double.ts";

describe("fetchSecret", () => {
  it("asks for the secret by its name", async () => {
    const double = new ServiceDouble(answer(200, { SecretString: "text" }));
    expect(await fetchSecret({ secretsManager: double.service, secret: "arn" })).toBe("text");
    expect(double.requests[0]?.headers["x-amz-target"]).toBe("secretsmanager.GetSecretValue");
    expect(double.inputs).toEqual([{ SecretId: "arn" }]);
  });

  it.each<readonly [string, HttpResponse | undefined]>([
    ["no answer", undefined],
    ["one without", answer(200, { SecretBinary: "AAAA" })],
    ["AccessDeniedException 400", answer(400, { __type: "AccessDeniedException", Message: "arn:… is not …" })],
  ])("fails on %s", async (got, response) => {
    const secretsManager = new ServiceDouble(response).service;
    await expect(fetchSecret({ secretsManager, secret: "arn" })).rejects.toThrow(
      `expected a secret with a text, got ${got}: check that the function may read it`,
    );
  });
});
