import { DeliveryError } from "#errors";

/** What AWS SDK errors have in common. */
interface ServiceFailure {
  readonly name?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Statuses after which nobody knows whether the request was carried out, or it was refused for now. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 409, 429, 500, 502, 503, 504]);

/** Throttling that some services answer with status 400. */
const PASSING_NAMES: ReadonlySet<string> = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "Throttling",
  "RequestThrottled",
  "SlowDown",
  "TransactionConflictException",
  "TransactionInProgressException",
  "KmsThrottled",
]);

/** Reads the HTTP status of a failed request; undefined when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  return (error as ServiceFailure).$metadata?.httpStatusCode;
}

/** Reads the name of a failed request's error. */
export function nameOf(error: unknown): string {
  const { name } = error as ServiceFailure;
  return typeof name === "string" ? name : "Error";
}

/**
 * Throws when trying again cannot help before somebody changes something: no permission, no such table, a bad request.
 *
 * The name and status are the service's; messages of services can quote what was sent, so they are left out.
 */
export function throwIfHopeless(error: unknown, what: string): void {
  const status = statusOf(error);
  if (status === undefined || PASSING_STATUSES.has(status) || PASSING_NAMES.has(nameOf(error))) return;
  throw new DeliveryError("SINK_DENIED", `expected ${what} to take the request, got ${nameOf(error)} (${status})`, {
    retryable: true,
  });
}
