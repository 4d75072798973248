import { isThrottlingError, isTransientError } from "@smithy/core/retry";
import { DeliveryError, nameOfThrown } from "#errors";

/** A service, or what signs for it, would not have the request. */
export interface Refused {
  readonly kind: "refused";
  /** Name of the service's error. Its message can quote what was sent. */
  readonly name: string;
  /** Status of the answer; 0 = it was never sent. */
  readonly status: number;
  /** The service asks to be left alone for a while. */
  readonly isPassing: boolean;
  readonly error: unknown;
}

/** Thrown before anything is sent. */
const NEVER_SENT: ReadonlySet<string> = new Set(["CredentialsProviderError", "EndpointError", "TokenProviderError"]);

/** Throttling that the SDK's tables lack: SQS's and DynamoDB's, by their own keys and transactions. */
const PASSING: ReadonlySet<string> = new Set([
  "KMSThrottlingException",
  "KmsThrottled",
  "TransactionConflictException",
]);

/** Somebody on the way had enough of waiting, whatever the service does meanwhile. */
const NO_ANSWER_IN_TIME = 408;

type SdkFailure = Parameters<typeof isTransientError>[0] & { readonly $response?: { readonly statusCode?: number } };

/**
 * Reads what a client threw; undefined when nobody knows whether the request was carried out.
 *
 * A refusal is an answer with a status from 300 to 499. A status below that comes with an answer that was cut, one above
 * it with a failure of the service.
 */
export function readFailure(failure: unknown): Refused | undefined {
  const error = Object(failure) as SdkFailure;
  const name = nameOfThrown(error);
  if (NEVER_SENT.has(name)) return { kind: "refused", name, status: 0, isPassing: false, error };
  const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? 0;
  if (status < 300 || status >= 500 || status === NO_ANSWER_IN_TIME) return undefined;
  const isPassing = isThrottlingError(error) || isTransientError(error) || PASSING.has(name);
  return { kind: "refused", name, status, isPassing, error };
}

/**
 * Makes the error of a request that will be refused until somebody changes something: no permission, no such table.
 *
 * @param what the thing that refused, as in `the ledger table`
 */
export function refused(what: string, { status, name }: Pick<Refused, "status" | "name">): DeliveryError {
  return new DeliveryError("SINK_DENIED", `expected ${what} to take the request, got ${name} ${status}`, {
    retryable: true,
  });
}

/** How many things were asked of a service, how many answers there were, and how many of these belong to one of them. */
export interface Fit {
  readonly asked: number;
  readonly answers: number;
  readonly fitting: number;
}

/**
 * Makes the error of an answer that is not one for each thing that was asked; undefined when it is.
 *
 * What has no answer that fits is `unknown`.
 *
 * @param what the thing that answered, as in `the queue`
 */
export function misfitOf(what: string, { asked, answers, fitting }: Fit): DeliveryError | undefined {
  if (asked === answers && asked === fitting) return undefined;
  return new DeliveryError(
    "SINK_UNKNOWN",
    `expected ${what} to answer once for each of ${asked}, got ${answers} answers of which ${fitting} fit: check what answers at its address`,
    { retryable: true },
  );
}
