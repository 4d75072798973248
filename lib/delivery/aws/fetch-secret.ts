import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ConfigError } from "#errors";
import { type Ask, type Reply, within } from "./ask.ts";

export interface SecretOptions {
  readonly secretsManager: SecretsManagerClient;
  readonly ask: Ask;
  /** ARN or name. */
  readonly secret: string;
  /** When to have given up, in ms since the epoch; absent = when our own patience is over. */
  readonly deadlineMs?: number | undefined;
}

/**
 * Fetches a secret's text from Secrets Manager.
 *
 * @throws {ConfigError} when there is none that we may read
 */
export async function fetchSecret({ secretsManager, ask, secret, deadlineMs }: SecretOptions): Promise<string> {
  const command = new GetSecretValueCommand({ SecretId: secret });
  const reply = await ask((options) => secretsManager.send(command, options), within(deadlineMs));
  const text = reply.kind === "done" ? reply.output.SecretString : undefined;
  if (text !== undefined) return text;
  throw new ConfigError(`expected a secret with a text, got ${describe(reply)}: check that the function may read it`);
}

function describe(reply: Reply<unknown>): string {
  if (reply.kind === "unknown") return "no answer";
  return reply.kind === "done" ? "one without" : `${reply.name} ${reply.status}`;
}
