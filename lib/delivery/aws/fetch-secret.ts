import { ConfigError } from "#errors";
import { createJsonApi, type JsonAnswer } from "./json-api.ts";
import type { Service } from "./service.ts";

export interface SecretOptions {
  readonly secretsManager: Service;
  /** ARN or name. */
  readonly secret: string;
}

/**
 * Fetches a secret's text from Secrets Manager.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html (read 2026-11-22).
 *
 * @throws {ConfigError} when there is none that we may read
 */
export async function fetchSecret({ secretsManager, secret }: SecretOptions): Promise<string> {
  const call = createJsonApi({ service: secretsManager, target: "secretsmanager", version: "1.1" });
  const answer = await call("GetSecretValue", { SecretId: secret });
  const text = answer?.output["SecretString"];
  if (answer?.error === undefined && typeof text === "string") return text;
  throw new ConfigError(`expected a secret with a text, got ${describe(answer)}: check that the function may read it`);
}

function describe(answer: JsonAnswer | undefined): string {
  if (answer === undefined) return "no answer";
  return answer.error === undefined ? "one without" : `${answer.error} ${answer.status}`;
}
