import type { Clock, Random } from "../ports.ts";
import type { HttpRequest, HttpResponse, Send } from "./http.ts";
import type { Sign } from "./sign.ts";

export interface ServiceOptions {
  /** Where the service answers, with a `/` at the end. */
  readonly endpoint: URL;
  readonly send: Send;
  readonly sign: Sign;
  readonly clock: Clock;
  readonly random: Random;
}

export interface ServiceRequest extends Omit<HttpRequest, "url"> {
  /** Relative to the endpoint, escaped. */
  readonly path: string;
}

/**
 * Sends signed requests to an AWS service, again after what may pass, and resolves with the last answer.
 *
 * Undefined: nobody knows whether the request was carried out. Requests must be safe to repeat. Never throws.
 */
export type Service = (
  request: ServiceRequest,
  isPassing?: (answer: HttpResponse) => boolean,
) => Promise<HttpResponse | undefined>;

/** Longest wait for one answer, and how often it is asked for. */
const ANSWER_MS = 5_000;
const TRIES = 3;

/** Pauses between tries: doubled each time, and cut at random so that workers do not knock together. */
const FIRST_PAUSE_MS = 50;

/** Makes the way to one service. */
export function createService({ endpoint, send, sign, clock, random }: ServiceOptions): Service {
  return async ({ path, ...request }, isPassing = isPassingStatus) => {
    const unsigned: HttpRequest = { ...request, url: new URL(path, endpoint) };
    for (let tried = 1; ; tried++) {
      const answer = await send(await sign(unsigned, clock.nowMs()), ANSWER_MS);
      if (tried === TRIES || (answer !== undefined && !isPassing(answer))) return answer;
      await clock.sleep((FIRST_PAUSE_MS * 2 ** tried * (random(1)[0] ?? 0)) / 255);
    }
  };
}

/** Statuses by which services ask to be left alone for a moment, or say that they failed. */
const PASSING: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

export function isPassingStatus({ status }: HttpResponse): boolean {
  return PASSING.has(status);
}
