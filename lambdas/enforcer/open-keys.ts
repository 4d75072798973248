import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Aws } from "#delivery/aws/aws";
import { fetchSecret } from "#delivery/aws/fetch-secret";
import type { EnforcerEnv, RuntimeEnv } from "#environment";
import { ConfigError } from "#errors";
import { deriveRoot } from "#keys";
import { createLocalKeys, type LocalKeys } from "#vault";

export interface SecretKeysParts {
  readonly env: EnforcerEnv & RuntimeEnv;
  readonly aws: Aws;
  /** When to have given up, in ms since the epoch; absent = when our own patience is over. */
  readonly deadlineMs?: number | undefined;
}

/** Fewer characters than this hold less than 256 bits, of whatever alphabet they are. */
const SHORTEST_SECRET = 43;

/**
 * Fetches the processor's key material, once, and derives its keys.
 *
 * @throws {ConfigError} when there is no secret that the function may read, or it is too short
 */
export async function openSecretKeys({ env, aws, deadlineMs }: SecretKeysParts): Promise<LocalKeys> {
  const secret = env.KEYS_SECRET_ARN;
  const secretsManager = aws.open(SecretsManagerClient, regionOf(secret) ?? env.AWS_REGION);
  const text = await fetchSecret({ secretsManager, ask: aws.ask, secret, deadlineMs });
  return createLocalKeys({ secret: readKeyMaterial(text) });
}

/**
 * Turns the text of a processor's secret into the key that its keys are derived from.
 *
 * The text is no key itself, so that any text with enough randomness will do.
 */
export function readKeyMaterial(text: string): Uint8Array {
  if (text.length < SHORTEST_SECRET) {
    throw new ConfigError(
      `expected key material of at least ${SHORTEST_SECRET} characters, got ${text.length}: let the deployment generate it`,
    );
  }
  return deriveRoot(Buffer.from(text));
}

/** The region in `arn:aws:secretsmanager:<region>:…`. */
function regionOf(arn: string): string | undefined {
  return /^arn:[^:]+:secretsmanager:([^:]+):/.exec(arn)?.[1];
}
