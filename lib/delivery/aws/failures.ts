import { DeliveryError } from "#errors";

/**
 * Makes the error of a request that will be refused until somebody changes something: no permission, no such table.
 *
 * @param what the thing that refused, as in `the ledger table`
 * @param answer the service's status and the name of its error; its message can quote what was sent, so it is left out
 */
export function refused(what: string, { status, error = "status" }: { status: number; error?: string }): DeliveryError {
  return new DeliveryError("SINK_DENIED", `expected ${what} to take the request, got ${error} ${status}`, {
    retryable: true,
  });
}
