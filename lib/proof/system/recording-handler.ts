import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { type HttpRequest, HttpResponse } from "@smithy/core/protocols";
import type { Handler } from "#delivery/aws/client-settings";
import { type Emission, type Emit, emitValue, type OutputChannel } from "./channels.ts";

/** Name of the bucket that quarantine records go to. */
export const QUARANTINE_BUCKET = "quarantine";

/** Stands for all of AWS: takes every request of one processor's enforcer and records all of it. */
export function createRecordingHandler(processor: string, emit: Emit): Handler {
  const note: Note = (channel, value) => emitValue(emit, { processor, channel }, value);
  return {
    async handle(request) {
      const kind = KINDS.find(({ matches }) => matches(request)) ?? OTHER;
      return { response: kind.record({ ...request, body: bytesOf(request.body) }, note) };
    },
  };
}

/** The SDK's bodies are texts, bytes, or bytes that call themselves text. */
function bytesOf(body: unknown): Buffer {
  if (!(body instanceof Uint8Array)) return Buffer.from(String(body ?? ""));
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

/** Emits a value of a request under a channel. */
type Note = (channel: Emission["channel"], value: unknown) => void;

type RecordedRequest = Pick<HttpRequest, "hostname" | "headers" | "path" | "query"> & { readonly body: Buffer };

interface RequestKind {
  matches(request: HttpRequest): boolean;
  record(request: RecordedRequest, note: Note): HttpResponse;
}

const DYNAMODB: RequestKind = {
  matches: ({ headers }) => targetOf(headers).startsWith("DynamoDB"),
  record({ body }, note) {
    note("ledger", body);
    return answer({});
  },
};

const MESSAGE_FIELDS: Readonly<Record<string, OutputChannel>> = {
  MessageBody: "message",
  MessageGroupId: "group id",
  MessageDeduplicationId: "dedup id",
};

const SQS: RequestKind = {
  matches: ({ headers }) => targetOf(headers).startsWith("AmazonSQS"),
  record({ body }, note) {
    const { Entries = [] } = JSON.parse(body.toString()) as {
      Entries?: readonly Readonly<Record<string, unknown>>[];
    };
    for (const entry of Entries) {
      for (const [name, value] of Object.entries(entry)) note(MESSAGE_FIELDS[name] ?? "attribute", value);
    }
    return answer({ Successful: Entries.map(takenBy) });
  },
};

/** What SQS says of a message that it took; the SDK compares the hash. */
function takenBy({ Id, MessageBody }: Readonly<Record<string, unknown>>): object {
  return { Id, MD5OfMessageBody: createHash("md5").update(String(MessageBody)).digest("hex") };
}

const SEARCH: RequestKind = {
  matches: ({ path }) => path.endsWith("/_bulk"),
  record({ body }, note) {
    const lines = gunzipSync(body).toString().trimEnd().split("\n");
    const actions = lines.filter((_, position) => position % 2 === 0);
    for (const line of actions) noteAction(line, note);
    for (const [position, line] of lines.entries()) if (position % 2 === 1) note("document", line);
    return answer({ items: actions.map(() => ({ create: { status: 201 } })) });
  },
};

function noteAction(line: string, note: Note): void {
  const actions = JSON.parse(line) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  for (const { _index: index, ...rest } of Object.values(actions)) {
    note("index name", index);
    note("document id", rest);
  }
}

const S3: RequestKind = {
  matches: ({ method }) => method === "PUT",
  record({ hostname, path, headers, body }, note) {
    note("object key", decodeURIComponent(path));
    note("object metadata", withoutHashes(headers));
    note(hostname.startsWith(`${QUARANTINE_BUCKET}.`) ? "quarantine" : "object", body);
    return answer({});
  },
};

const OTHER: RequestKind = {
  matches: () => true,
  record({ hostname, path, query, headers, body }, note) {
    note("attribute", { hostname, path, query, headers: withoutHashes(headers) });
    note("attribute", body);
    return answer({});
  },
};

/** Headers whose digits are hashes of the request or random: what is found in them is found by chance. */
const HASHES = /^(authorization|x-amz-content-sha256|x-amz-checksum-\w+|amz-sdk-invocation-id)$/;

function withoutHashes(headers: HttpRequest["headers"]): HttpRequest["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HASHES.test(name)));
}

const KINDS: readonly RequestKind[] = [DYNAMODB, SQS, SEARCH, S3];

function targetOf(headers: HttpRequest["headers"]): string {
  return headers["x-amz-target"] ?? "";
}

function answer(output: object): HttpResponse {
  return new HttpResponse({ statusCode: 200, body: Buffer.from(JSON.stringify(output)) });
}
