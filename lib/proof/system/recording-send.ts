import { gunzipSync } from "node:zlib";
import type { HttpRequest, HttpResponse, Send } from "#delivery/aws/http";
import { type Channel, type Emission, type Emit, emitValue } from "./channels.ts";

/** Name of the bucket that quarantine records go to. */
export const QUARANTINE_BUCKET = "quarantine";

/** Stands for all of AWS: takes every request of one processor's enforcer and records all of it. */
export function createRecordingSend(processor: string, emit: Emit): Send {
  return async (request) => {
    const kind = KINDS.find(({ matches }) => matches(request)) ?? OTHER;
    return kind.record(request, (channel, value) => emitValue(emit, { processor, channel }, value));
  };
}

/** Emits a value of a request under a channel. */
type Note = (channel: Emission["channel"], value: unknown) => void;

interface RequestKind {
  matches(request: HttpRequest): boolean;
  record(request: HttpRequest, note: Note): HttpResponse;
}

const DYNAMODB: RequestKind = {
  matches: ({ headers }) => targetOf(headers).startsWith("DynamoDB"),
  record({ body }, note) {
    note("ledger", body);
    return answer({});
  },
};

const MESSAGE_FIELDS: Readonly<Record<string, Channel>> = {
  MessageBody: "message",
  MessageGroupId: "group id",
  MessageDeduplicationId: "dedup id",
};

const SQS: RequestKind = {
  matches: ({ headers }) => targetOf(headers).startsWith("AmazonSQS"),
  record({ body }, note) {
    const { Entries = [] } = JSON.parse(Buffer.from(body).toString()) as {
      Entries?: readonly Readonly<Record<string, unknown>>[];
    };
    for (const entry of Entries) {
      for (const [name, value] of Object.entries(entry)) note(MESSAGE_FIELDS[name] ?? "attribute", value);
    }
    return answer({ Successful: Entries.map(({ Id }) => ({ Id })) });
  },
};

const SEARCH: RequestKind = {
  matches: ({ url }) => url.pathname.endsWith("/_bulk"),
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
  record({ url, headers, body }, note) {
    note("object key", decodeURIComponent(url.pathname));
    note("object metadata", headers);
    note(url.host.startsWith(`${QUARANTINE_BUCKET}.`) ? "quarantine" : "object", body);
    return answer({});
  },
};

const OTHER: RequestKind = {
  matches: () => true,
  record({ url, headers, body }, note) {
    note("attribute", { url, headers });
    note("attribute", body);
    return answer({});
  },
};

const KINDS: readonly RequestKind[] = [DYNAMODB, SQS, SEARCH, S3];

function targetOf(headers: HttpRequest["headers"]): string {
  return headers["x-amz-target"] ?? "";
}

function answer(output: object): HttpResponse {
  return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(output)) };
}
