import type { HttpRequest, HttpResponse } from "@smithy/core/protocols";
import type { NodeHttpHandler } from "@smithy/node-http-handler";

/** Sends one request, as the SDK's clients have it done. */
export interface Handler {
  handle(request: HttpRequest, options?: Parameters<NodeHttpHandler["handle"]>[1]): Promise<{ response: HttpResponse }>;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export type CredentialSource = () => Promise<Credentials>;

/** What every client is made with; each takes what its service knows. */
export interface ClientSettings {
  readonly region: string;
  /** Instead of the service's own. */
  readonly endpoint?: string;
  readonly credentials: CredentialSource;
  readonly requestHandler: Handler;
  /** Repeating is ours: see `Ask`. */
  readonly maxAttempts: 1;
  readonly useQueueUrlAsEndpoint: false;
  readonly expectContinueHeader: false;
}
