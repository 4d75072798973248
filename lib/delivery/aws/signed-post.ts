import { collectBody, HttpRequest } from "@smithy/core/protocols";
import { Hash } from "@smithy/core/serde";
import { streamCollector } from "@smithy/node-http-handler";
import { SignatureV4 } from "@smithy/signature-v4";
import type { CredentialSource, Handler } from "./client-settings.ts";
import { readFailure, refused } from "./failures.ts";

/** Names that requests are signed for: search domains, and serverless collections. */
export const SIGNING_NAMES = ["es", "aoss"] as const;
export type SigningName = (typeof SIGNING_NAMES)[number];

export interface SignedPostOptions {
  readonly endpoint: URL;
  readonly region: string;
  readonly service: SigningName;
  readonly handler: Handler;
  readonly credentials: CredentialSource;
}

export interface PostRequest {
  /** POST where it is absent. */
  readonly method?: "GET" | "POST" | "PUT";
  /** Below the endpoint. */
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface PostAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

/**
 * Posts a request and resolves with the answer, or with undefined when there is no whole one in time.
 *
 * @throws {DeliveryError} when it cannot be signed
 */
export type Post = (request: PostRequest, timeoutMs: number) => Promise<PostAnswer | undefined>;

/** Posts to a service that the SDK has no client for, by the SDK's own connections and signatures. */
export function createSignedPost({ endpoint, region, service, handler, credentials }: SignedPostOptions): Post {
  const signer = new SignatureV4({ region, service, credentials, sha256: Hash.bind(null, "sha256") });
  return async (request, timeoutMs) => {
    try {
      const abortSignal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
      const signed = await signer.sign(toHttp(request, endpoint));
      const { response } = await handler.handle(new HttpRequest(signed), { abortSignal });
      return { status: response.statusCode, body: await collectBody(response.body, { streamCollector }) };
    } catch (failure) {
      const refusal = readFailure(failure);
      if (refusal === undefined) return undefined;
      throw refused("the search index", refusal);
    }
  };
}

function toHttp({ method = "POST", path, query, headers, body }: PostRequest, endpoint: URL): HttpRequest {
  const { protocol, hostname, port, host } = endpoint;
  return new HttpRequest({
    method,
    protocol,
    hostname,
    ...(port !== "" && { port: Number(port) }),
    path: new URL(path, endpoint).pathname,
    query,
    headers: { ...headers, host, "content-length": String(body.byteLength) },
    body,
  });
}
