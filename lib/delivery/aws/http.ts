import type { IncomingMessage } from "node:http";

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
  // An import statement reads every export of these modules, which loads the whole of fetch: 30 ms of each cold start.
  const modules = { "http:": process.getBuiltinModule("node:http"), "https:": process.getBuiltinModule("node:https") };
  const agents = {
    "http:": new modules["http:"].Agent({ keepAlive: true }),
    "https:": new modules["https:"].Agent({ keepAlive: true }),
  };
  return ({ url, method, headers, body }, timeoutMs) =>
    new Promise((resolve) => {
      const protocol = url.protocol === "http:" ? "http:" : "https:";
      const options = {
        method,
        headers: { ...headers, "content-length": body.byteLength },
        agent: agents[protocol],
        // Ends the reading of the answer too: a timeout of the socket would let a slow one go on for ever.
        signal: AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs))),
      };
      const call = modules[protocol].request(url, options, (response) => resolve(readAll(response)));
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
