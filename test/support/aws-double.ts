import { createHash } from "node:crypto";
import { type HttpRequest, HttpResponse } from "@smithy/core/protocols";
import { type Aws, createAws } from "#delivery/aws/aws";
import { createManualClock } from "./manual-clock.ts";
import { createSeededRandom } from "./seeded-random.ts";

/** What a service answers; `"lost"`: the connection is cut. */
export type ScriptedAnswer = HttpResponse | "lost";

/** Stands in for AWS behind the SDK's own clients: keeps what it is asked and answers from a script, the last for ever. */
export class AwsDouble {
  readonly requests: HttpRequest[] = [];
  readonly clock = createManualClock(1_790_000_000_999);
  readonly aws: Aws;
  readonly #script: readonly ScriptedAnswer[];

  constructor(...script: readonly ScriptedAnswer[]) {
    this.#script = script;
    this.aws = createAws({
      clock: this.clock,
      random: createSeededRandom("aws"),
      variables: {},
      standIns: {
        credentials: async () => ({ accessKeyId: "a", secretAccessKey: "s" }),
        requestHandler: { handle: async (request) => this.#answer(request) },
      },
    });
  }

  /** Bodies of the requests, parsed. */
  get inputs(): readonly unknown[] {
    return this.requests.map(({ body }) => JSON.parse(textOf(body)));
  }

  #answer(request: HttpRequest): { response: HttpResponse } {
    this.requests.push(request);
    const answer = this.#script[Math.min(this.requests.length, this.#script.length) - 1];
    if (answer === undefined || answer === "lost") throw Object.assign(new Error("cut"), { code: "ECONNRESET" });
    // Reading a body uses it up.
    return { response: new HttpResponse({ ...answer, headers: { ...answer.headers } }) };
  }
}

/** The SDK's bodies have a toString of their own, which complains. */
export function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString();
}

/** An answer with a body, JSON unless it is text. */
export function answer(
  statusCode: number,
  body: unknown = {},
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return new HttpResponse({ statusCode, headers: { ...headers }, body: bytes });
}

/** An error as DynamoDB, SQS and Secrets Manager answer it. */
export function jsonError(name: string, rest: object = {}, status = 400): HttpResponse {
  const body = { __type: `com.amazonaws.service#${name}`, message: "quotes ann@example.com", ...rest };
  return answer(status, body, { "content-type": "application/x-amz-json-1.0" });
}

/** An error as S3 answers it. */
export function xmlError(status: number, code: string): HttpResponse {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>quotes ann@example.com</Message></Error>`;
  return answer(status, body, { "content-type": "application/xml" });
}

/** What SQS says of a message that it took; the SDK compares the hash. */
export function taken(Id: string, body: string): object {
  return { Id, MessageId: `message-${Id}`, MD5OfMessageBody: createHash("md5").update(body).digest("hex") };
}
