import { type HttpRequest, HttpResponse } from "@smithy/core/protocols";
import { type Aws, createAws } from "#delivery/aws/aws";
import { answer, textOf } from "../aws-double.ts";
import { createSeededRandom } from "../seeded-random.ts";
import type { VirtualTime } from "../virtual-time.ts";
import { FakeDynamoDb } from "./fake-dynamodb.ts";
import { FakeOpenSearch } from "./fake-opensearch.ts";
import { FakeS3 } from "./fake-s3.ts";
import { FakeSqs } from "./fake-sqs.ts";

/** What an enforcer depends on. */
export type Dependency = "ledger" | "bucket" | "quarantine" | "queue" | "giveBack" | "search" | "secrets";

/** What becomes of a request instead of being served. */
export type Fate =
  | { readonly kind: "silent" | "dead" }
  /** It is served at once and answered late. */
  | { readonly kind: "slow"; readonly ms: number }
  | { readonly kind: "refused"; readonly answer: HttpResponse };

/** How long an answer takes. */
const LATENCY_MS = 10;

const SECRET = "k".repeat(64);

/** AWS in memory behind the SDK's own clients, in virtual time: each dependency can fail in its own way. */
export class FakeAws {
  readonly aws: Aws;
  readonly ledger = new FakeDynamoDb();
  readonly lake = new FakeS3();
  readonly quarantine = new FakeS3();
  readonly queue = new FakeSqs();
  readonly search = new FakeOpenSearch();
  /** By receipt, when a message that was given back is visible again. */
  readonly visible = new Map<string, number>();
  readonly requests: Record<Dependency, number> = {
    ledger: 0,
    bucket: 0,
    quarantine: 0,
    queue: 0,
    giveBack: 0,
    search: 0,
    secrets: 0,
  };
  fateOf: (dependency: Dependency) => Fate | undefined = () => undefined;
  readonly #time: VirtualTime;

  constructor(time: VirtualTime) {
    this.#time = time;
    this.aws = createAws({
      clock: time,
      random: createSeededRandom("aws"),
      variables: {},
      standIns: {
        credentials: async () => ({ accessKeyId: "a", secretAccessKey: "s" }),
        requestHandler: {
          handle: async (request, options) => ({ response: await this.#handle(request, options?.abortSignal) }),
        },
      },
    });
  }

  /** Everything that consumers have, as text. */
  get arrived(): string {
    const documents = [...this.search.documents.values()].map(({ source }) => source);
    const messages = this.queue.messages.map(({ MessageBody }) => MessageBody);
    return [...this.lake.lines, ...messages, ...documents].join("\n");
  }

  async #handle(request: HttpRequest, signal: Handled): Promise<HttpResponse> {
    const dependency = dependencyOf(request);
    this.requests[dependency]++;
    const fate = this.fateOf(dependency) ?? { kind: "slow", ms: LATENCY_MS };
    if (fate.kind === "dead") throw Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    if (fate.kind === "silent") return aborted(signal);
    const response = fate.kind === "refused" ? fresh(fate.answer) : this.#serve(dependency, request);
    await Promise.race([this.#time.sleep(fate.kind === "slow" ? fate.ms : LATENCY_MS), aborted(signal)]);
    return response;
  }

  #serve(dependency: Dependency, request: HttpRequest): HttpResponse {
    const serve: Readonly<Record<Dependency, () => HttpResponse>> = {
      ledger: () => this.ledger.serve(request),
      bucket: () => this.lake.serve(request),
      quarantine: () => this.quarantine.serve(request),
      queue: () => this.queue.send(request),
      giveBack: () => this.#giveBack(request),
      search: () => this.search.serve(request),
      secrets: () => answer(200, { Name: "keys", SecretString: SECRET }),
    };
    return serve[dependency]();
  }

  #giveBack({ body }: HttpRequest): HttpResponse {
    const { Entries } = JSON.parse(textOf(body)) as {
      readonly Entries: readonly {
        readonly Id: string;
        readonly ReceiptHandle: string;
        readonly VisibilityTimeout: number;
      }[];
    };
    for (const { ReceiptHandle, VisibilityTimeout } of Entries)
      this.visible.set(ReceiptHandle, this.#time.nowMs() + VisibilityTimeout * 1_000);
    return answer(200, { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] });
  }
}

/** Reading a body uses it up. */
function fresh(response: HttpResponse): HttpResponse {
  return new HttpResponse({ ...response, headers: { ...response.headers } });
}

type Handled = { readonly aborted: boolean } | undefined;

/** Never answers, until the caller has had enough. */
function aborted(signal: Handled): Promise<never> {
  return new Promise((_, reject) => {
    const { reason } = signal as AbortSignal;
    if (signal?.aborted) reject(reason);
    (signal as AbortSignal).addEventListener("abort", () => reject((signal as AbortSignal).reason));
  });
}

function dependencyOf({ hostname, headers }: HttpRequest): Dependency {
  if (headers["x-amz-target"]?.endsWith("ChangeMessageVisibilityBatch")) return "giveBack";
  const known = HOSTS.find(([beginning]) => hostname.startsWith(beginning));
  return known === undefined ? "search" : known[1];
}

const HOSTS: readonly (readonly [string, Dependency])[] = [
  ["dynamodb.", "ledger"],
  ["lake.s3.", "bucket"],
  ["quarantine.s3.", "quarantine"],
  ["sqs.", "queue"],
  ["secretsmanager.", "secrets"],
];
