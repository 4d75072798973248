import { createHash, createHmac } from "node:crypto";
import { HttpRequest as SmithyRequest } from "@smithy/protocol-http";
import { SignatureV4 } from "@smithy/signature-v4";
import type { HttpRequest } from "./http.ts";

/** Names that requests are signed for: `es` for search domains, `aoss` for serverless collections. */
export type SigningName = "aoss" | "dynamodb" | "es" | "s3" | "secretsmanager" | "sqs";

export interface SignerOptions {
  readonly region: string;
  readonly service: SigningName;
  credentials(): Promise<Credentials>;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Adds the headers of AWS Signature Version 4. */
export type Sign = (request: HttpRequest, nowMs: number) => Promise<HttpRequest>;

/**
 * Signs requests to a service. The payload's hash travels as `x-amz-content-sha256`: `s3` and `aoss` ask for it.
 *
 * Paths are escaped a second time for the signature, except for `s3`
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, read 2026-11-22).
 */
export function createSign({ region, service, credentials }: SignerOptions): Sign {
  const uriEscapePath = service !== "s3";
  const signer = new SignatureV4({ region, service, credentials, sha256: Sha256, applyChecksum: true, uriEscapePath });
  return async (request, nowMs) => {
    const { method, url, headers, body } = request;
    const unsigned = new SmithyRequest({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { ...headers, host: url.host },
      body,
    });
    const signed = await signer.sign(unsigned, { signingDate: new Date(nowMs) });
    return { ...request, headers: signed.headers };
  };
}

type HashInput = string | ArrayBuffer | ArrayBufferView;

/** The hash that the signer asks for, by node:crypto. */
class Sha256 {
  readonly #hash;

  constructor(secret?: HashInput) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(secret));
  }

  update(data: HashInput): void {
    this.#hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error("expected a hash to be used once");
  }
}

function bytesOf(data: HashInput): Uint8Array {
  if (typeof data === "string") return Buffer.from(data, "utf8");
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
