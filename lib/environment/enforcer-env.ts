import { ConfigError } from "#errors";

/** Every variable an enforcer may read. Which of them it needs follows from its plan's sink. */
export interface EnforcerEnv {
  /** Name of the Space, for the metadata that travels with records. */
  readonly SPACE: string;
  /** Name of the point of presence above the Space, for the same. */
  readonly POP?: string;
  /** Version of the deployment, for the same. */
  readonly DEPLOYMENT_VERSION?: string;
  /** ARN of the secret that holds the processor's key material. */
  readonly KEYS_SECRET_ARN: string;
  /** Bucket for sealed quarantine records. */
  readonly QUARANTINE_BUCKET: string;
  /** The queue that feeds this enforcer: events are given back to it for the time their claim lasts. */
  readonly INLET_URL: string;
  /** What the inlet may carry, as JSON: kind, feeds, tenants, streams. */
  readonly CHANNEL: string;
  /** Table of the ledger: it knows under which keys a generation was begun, and of lakes and FIFO queues the events. */
  readonly LEDGER_TABLE: string;
  /** How long the ledger remembers: longer than an event may wander. */
  readonly LEDGER_MEMORY_SECONDS?: string;
  /** How long a claim keeps other workers away: longer than the function's timeout, clock skew included. */
  readonly LEASE_SECONDS?: string;
  /** Bucket of the lake and the region it is in. */
  readonly LAKE_BUCKET?: string;
  readonly LAKE_REGION?: string;
  /** URL of the consumer's queue and the region it is in. */
  readonly QUEUE_URL?: string;
  readonly QUEUE_REGION?: string;
  /** Endpoint of the search domain or collection, its region, and the service name requests are signed for. */
  readonly SEARCH_ENDPOINT?: string;
  readonly SEARCH_REGION?: string;
  readonly SEARCH_SERVICE?: string;
}

/** What Lambda itself sets: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html (read 2026-11-22). */
export interface RuntimeEnv {
  readonly AWS_REGION: string;
  /** Folder of the function's code, and so of its plan. */
  readonly LAMBDA_TASK_ROOT: string;
}

type Env = EnforcerEnv & RuntimeEnv;

type RequiredName = { [Name in keyof Env]-?: undefined extends Env[Name] ? never : Name }[keyof Env];

const REQUIRED: Readonly<Record<RequiredName, true>> = {
  SPACE: true,
  KEYS_SECRET_ARN: true,
  QUARANTINE_BUCKET: true,
  INLET_URL: true,
  CHANNEL: true,
  LEDGER_TABLE: true,
  AWS_REGION: true,
  LAMBDA_TASK_ROOT: true,
};

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the environment once, at start. Throws a ConfigError that names every variable that is missing. */
export function readEnv(variables: Variables): Env {
  const set = Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(set), ...requireVariables(variables, Object.keys(REQUIRED) as RequiredName[]) };
}

/** Checks that variables are there which a sink needs, and returns them. */
export function requireVariables<Name extends string>(
  variables: Readonly<Partial<Record<Name, string | undefined>>>,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => (variables[name] ?? "") === "");
  if (missing.length > 0) {
    throw new ConfigError(`expected the environment variables ${missing.join(", ")}, got none of them: deploy again`);
  }
  return variables as Readonly<Record<Name, string>>;
}

/** Reads a variable that is a positive number of seconds, as ms. */
export function requireSeconds<Name extends string>(
  variables: Readonly<Partial<Record<Name, string | undefined>>>,
  name: Name,
): number {
  const seconds = Number(requireVariables(variables, [name])[name]);
  if (seconds > 0) return seconds * 1_000;
  throw new ConfigError(`expected a positive number of seconds in ${name}, got something else: deploy again`);
}
