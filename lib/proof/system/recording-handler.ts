import { createHash } from "node:crypto";
import { crc32, gunzipSync } from "node:zlib";
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
      const recorded = { ...request, body: bytesOf(request.body) } as RecordedRequest;
      emit({ processor, channel: "request", bytes: Buffer.from(wholeOf(recorded)), raw: recorded.body });
      return { response: kind.record(recorded, note) };
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

type RecordedRequest = Omit<HttpRequest, "body"> & { readonly body: Buffer };

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
  record(request, note) {
    const { hostname, path, body } = request;
    note("object key", decodeURIComponent(path));
    note("object metadata", withoutHashes(request));
    note(hostname.startsWith(`${QUARANTINE_BUCKET}.`) ? "quarantine" : "object", body);
    return answer({});
  },
};

const OTHER: RequestKind = {
  matches: () => true,
  record(request, note) {
    const { hostname, path, query, body } = request;
    note("attribute", { hostname, path, query, headers: withoutHashes(request) });
    note("attribute", body);
    return answer({});
  },
};

/** Headers of the SDK that hold hashes of the request, or randomness: by chance anything can be found in them. */
const DERIVED: Readonly<Record<string, (value: string, body: Buffer) => string | undefined>> = {
  authorization: (value) => value.replace(/Signature=[0-9a-f]{64}$/, ""),
  "x-amz-content-sha256": unlessDigest("sha256", "hex"),
  "x-amz-checksum-sha256": unlessDigest("sha256", "base64"),
  "x-amz-checksum-sha1": unlessDigest("sha1", "base64"),
  "content-md5": unlessDigest("md5", "base64"),
  "x-amz-checksum-crc32": (value, body) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return value === sum.toString("base64") ? undefined : value;
  },
  "amz-sdk-invocation-id": (value) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? undefined : value),
};

/** A value is left out only where it is what its name says: a header could be made to carry something else. */
function unlessDigest(algorithm: string, encoding: "hex" | "base64") {
  return (value: string, body: Buffer) =>
    value === createHash(algorithm).update(body).digest(encoding) ? undefined : value;
}

function withoutHashes({ headers, body }: Pick<RecordedRequest, "headers" | "body">): HttpRequest["headers"] {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const derive = DERIVED[name.toLowerCase()];
      const kept = derive === undefined ? value : derive(value, body);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

function wholeOf({ method, protocol, hostname, port, path, query, headers, body }: RecordedRequest): string {
  const asked = Object.entries(query ?? {}).map(([name, value]) => `${name}=${value ?? ""}`);
  const sent = Object.entries(withoutHashes({ headers, body })).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${protocol}//${hostname}:${port ?? ""}${path}?${asked.join("&")}`, ...sent].join("\n");
}

const KINDS: readonly RequestKind[] = [DYNAMODB, SQS, SEARCH, S3];

function targetOf(headers: HttpRequest["headers"]): string {
  return headers["x-amz-target"] ?? "";
}

function answer(output: object): HttpResponse {
  return new HttpResponse({ statusCode: 200, body: Buffer.from(JSON.stringify(output)) });
}
