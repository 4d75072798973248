import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { fetchSecret } from "#delivery/aws/fetch-secret";
import { AwsDouble, answer, jsonError, type ScriptedAnswer } from "#support/aws-double";

describe("fetchSecret", () => {
  it("asks for the secret by its name", async () => {
    const double = new AwsDouble(answer(200, { SecretString: "text" }));
    expect(await fetchFrom(double)).toBe("text");
    expect(double.inputs).toEqual([{ SecretId: "arn" }]);
  });

  it.each<readonly [string, ScriptedAnswer]>([
    ["no answer", "lost"],
    ["one without", answer(200, { SecretBinary: "AAAA" })],
    ["AccessDeniedException 400", jsonError("AccessDeniedException")],
  ])("fails on %s", async (got, script) => {
    await expect(fetchFrom(new AwsDouble(script))).rejects.toThrow(
      `expected a secret with a text, got ${got}: check that the function may read it`,
    );
  });
});

function fetchFrom({ aws }: AwsDouble) {
  return fetchSecret({ secretsManager: aws.open(SecretsManagerClient, "eu-west-1"), ask: aws.ask, secret: "arn" });
}
