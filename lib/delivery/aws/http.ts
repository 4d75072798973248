import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Sends a request and resolves with the answer, or with undefined when there is none in time. Never throws. */
export type Send = (request: HttpRequest, timeoutMs: number) => Promise<HttpResponse | undefined>;

/** Sends over keep-alive connections. `http:` is for tests: whoever makes the endpoint's URL decides. */
export function createSend(): Send {
  const agents = { "http:": new HttpAgent({ keepAlive: true }), "https:": new HttpsAgent({ keepAlive: true }) };
  return ({ url, method, headers, body }, timeoutMs) =>
    new Promise((resolve) => {
      const secure = url.protocol === "https:";
      const options = {
        method,
        headers: { ...headers, "content-length": body.byteLength },
        agent: secure ? agents["https:"] : agents["http:"],
        // Ends the reading of the answer too: a timeout of the socket would let a slow one go on for ever.
        signal: AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs))),
      };
      const call = (secure ? httpsRequest : httpRequest)(url, options, (response) => resolve(readAll(response)));
      call.on("error", () => resolve(undefined));
      call.end(body);
    });
}

async function readAll(response: IncomingMessage): Promise<HttpResponse | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  const { statusCode: status = 0, headers } = response;
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return { status, headers: Object.fromEntries(texts), body: Buffer.concat(chunks) };
}
