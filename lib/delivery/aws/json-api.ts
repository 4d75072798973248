import type { HttpResponse } from "./http.ts";
import { isPassingStatus, type Service } from "./service.ts";

export interface JsonApiOptions {
  readonly service: Service;
  /** What operations begin with in the `x-amz-target` header. */
  readonly target: string;
  readonly version: "1.0" | "1.1";
}

/** What a service answered. */
export interface JsonAnswer {
  readonly status: number;
  /** Name of the service's error; absent when it did what was asked. Its message can quote what was sent. */
  readonly error?: string;
  /** The service asks to be left alone for a while, or failed. */
  readonly isPassing: boolean;
  readonly output: Readonly<Record<string, unknown>>;
}

/** Calls operations of a service by AWS's JSON protocol; undefined: nobody knows whether it was carried out. */
export type JsonApi = (operation: string, input: object) => Promise<JsonAnswer | undefined>;

/**
 * Makes the operations of a service callable.
 *
 * The protocol: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html (read 2026-11-22).
 */
export function createJsonApi({ service, target, version }: JsonApiOptions): JsonApi {
  return async (operation, input) => {
    const headers = { "content-type": `application/x-amz-json-${version}`, "x-amz-target": `${target}.${operation}` };
    const body = Buffer.from(JSON.stringify(input));
    const response = await service(
      { method: "POST", path: "", headers, body },
      (answer) => readAnswer(answer).isPassing,
    );
    return response && readAnswer(response);
  };
}

/** Throttling that is answered with status 400, and other refusals that pass. */
const PASSING: ReadonlySet<string> = new Set([
  "KMSThrottlingException",
  "KmsThrottled",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "ThrottlingException",
  "TransactionConflictException",
]);

function readAnswer(response: HttpResponse): JsonAnswer {
  const { status, body } = response;
  const output = parse(body);
  if (status === 200) return { status, output, isPassing: false };
  const error = errorOf(output) ?? "Error";
  return { status, error, output, isPassing: isPassingStatus(response) || PASSING.has(error) };
}

function parse(body: Buffer): JsonAnswer["output"] {
  try {
    return Object(JSON.parse(body.toString("utf8")));
  } catch {
    return {};
  }
}

/** The name follows `#`, where a namespace stands before it. */
function errorOf({ __type: type }: JsonAnswer["output"]): string | undefined {
  return typeof type === "string" ? type.slice(type.indexOf("#") + 1) : undefined;
}
