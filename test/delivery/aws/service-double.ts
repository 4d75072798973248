import type { HttpResponse } from "#delivery/aws/http";
import type { Service, ServiceRequest } from "#delivery/aws/service";

/** Stands in for a service: keeps what it is asked and answers from a script; the last answer is given for ever. */
export class ServiceDouble {
  readonly requests: ServiceRequest[] = [];
  readonly #script: readonly (HttpResponse | undefined)[];

  constructor(...script: readonly (HttpResponse | undefined)[]) {
    this.#script = script;
  }

  readonly service: Service = async (request) => {
    this.requests.push(request);
    return this.#script[Math.min(this.requests.length, this.#script.length) - 1];
  };

  /** Bodies of the requests, parsed. */
  get inputs(): readonly unknown[] {
    return this.requests.map(({ body }) => JSON.parse(Buffer.from(body).toString()));
  }
}

/** An answer with a JSON body. */
export function answer(
  status: number,
  body: unknown = {},
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}
