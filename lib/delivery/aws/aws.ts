import { defaultProvider } from "@aws-sdk/credential-provider-node";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Clock, Random } from "../ports.ts";
import { type Ask, createAsk } from "./ask.ts";
import type { ClientSettings, CredentialSource, Handler } from "./client-settings.ts";

export interface AwsParts {
  readonly clock: Clock;
  readonly random: Random;
  /** Environment variables that may name a proxy. Everything else that they say, the SDK's clients read themselves. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** What stands in for AWS, and who asks; absent = as the SDK finds them. */
  readonly standIns?: StandIns;
}

export type StandIns = Partial<Pick<ClientSettings, "credentials" | "endpoint" | "requestHandler">>;

/** The way to AWS: the only place that makes clients of its services. */
export interface Aws {
  /** Makes a client of a service in a region. */
  open<Client>(Service: new (settings: ClientSettings) => Client, region: string): Client;
  /** Asks, and asks again: clients themselves try once. */
  readonly ask: Ask;
  readonly handler: Handler;
  readonly credentials: CredentialSource;
}

/** Connections to one host; the ledger has the most requests under way at once. */
const MAX_SOCKETS = 64;

/** Longest wait for a connection. */
const CONNECT_MS = 2_000;

/**
 * Makes the way to AWS.
 *
 * Endpoints (FIPS, dual stack, partitions, `AWS_ENDPOINT_URL…`) are the SDK's to find. A queue's URL names a host that is
 * none of them, so it decides nothing. Whether a large object may be sent is not asked first: that would take a
 * connection of its own for each.
 */
export function createAws({ clock, random, variables, standIns = {} }: AwsParts): Aws {
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS, ...proxyOf(variables) };
  const {
    requestHandler = new NodeHttpHandler({ connectionTimeout: CONNECT_MS, httpAgent: agent, httpsAgent: agent }),
  } = standIns;
  const { credentials = defaultProvider() } = standIns;
  const common = {
    ...standIns,
    credentials,
    requestHandler,
    ...ONE_TRY,
    ...BY_REGION,
    expectContinueHeader: false,
  } as const;
  return {
    open: (Service, region) => new Service({ ...common, region }),
    ask: createAsk({ clock, random }),
    handler: requestHandler,
    credentials,
  };
}

/** A try that was lost and one that was refused, told as refused, would pass for "not sent". */
const ONE_TRY = { maxAttempts: 1 } as const;
const BY_REGION = { useQueueUrlAsEndpoint: false } as const;

/**
 * Lets connections go through the proxy of the environment where Node is told to do so.
 *
 * https://nodejs.org/docs/latest-v24.x/api/http.html#built-in-proxy-support (read 2026-11-23); older Nodes ignore it.
 */
function proxyOf(variables: AwsParts["variables"]): object {
  return variables["NODE_USE_ENV_PROXY"] === "1" ? { proxyEnv: variables } : {};
}
