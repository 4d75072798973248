import { createHash, createHmac } from "node:crypto";
import { HttpRequest as SmithyRequest } from "@smithy/protocol-http";
import { SignatureV4 } from "@smithy/signature-v4";
import type { HttpRequest } from "./http.ts";

export interface SignerOptions {
  readonly region: string;
  /** `es` for domains, `aoss` for serverless collections. */
  readonly service: "es" | "aoss";
  credentials(): Promise<{
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  }>;
}

/** Adds the headers of AWS Signature Version 4. */
export type Sign = (request: HttpRequest, nowMs: number) => Promise<HttpRequest>;

/** Signs requests to OpenSearch. The payload's hash travels as `x-amz-content-sha256`, which serverless asks for. */
export function createSign({ region, service, credentials }: SignerOptions): Sign {
  const signer = new SignatureV4({ region, service, credentials, sha256: Sha256, applyChecksum: true });
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
