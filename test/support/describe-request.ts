import { gunzipSync } from "node:zlib";
import avsc from "avsc";
import { parquetReadObjects } from "hyparquet";
import { PROTOCOL, type ProtocolClient } from "#delivery/aws/protocol";
import { columnOfPart, ENVELOPE_NAME } from "#plan";

/** A request as a server would see it. */
export interface WholeRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** One piece of a request, and the rows of the list of what leaves that may be it; none = nothing may. */
export interface Piece {
  readonly what: string;
  /** Names of rows; of a field, its path without its schema. */
  readonly rows: readonly string[];
}

/** Takes a request apart, all of it but what the client adds by itself. */
export async function describeRequest(request: WholeRequest): Promise<readonly Piece[]> {
  const client = clientOf(request);
  const { rows, query, body } = CLIENTS[client];
  const own = Object.keys(request.headers).filter((name) => !Object.hasOwn(PROTOCOL[client], name));
  return [
    ...own.map((name) => ({ what: `header ${name}`, rows: rows[name] ?? [] })),
    ...Object.keys(request.query).map((name) => ({ what: `query ${name}`, rows: query[name] ?? [] })),
    ...(await body(request)),
  ];
}

function clientOf({ headers, path, method }: WholeRequest): ProtocolClient {
  const target = headers["x-amz-target"] ?? "";
  if (target.startsWith("DynamoDB")) return "dynamodb";
  if (target.startsWith("AmazonSQS")) return "sqs";
  return method === "PUT" && !path.startsWith("/_scripts") ? "s3" : "search";
}

interface ClientPieces {
  /** Rows of headers and of parts of the query, by name. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  readonly query: Readonly<Record<string, readonly string[]>>;
  body(request: WholeRequest): Promise<readonly Piece[]>;
}

const CLIENTS: Readonly<Record<ProtocolClient, ClientPieces>> = {
  // The ledger is ours: nothing of it leaves.
  dynamodb: { rows: {}, query: {}, body: async () => [] },
  sqs: { rows: {}, query: {}, body: async ({ body }) => messagesOf(JSON.parse(body.toString())) },
  s3: {
    rows: {
      "content-type": ["request.object"],
      "if-none-match": ["request.object"],
      "x-amz-meta-fence": ["object_metadata.fence"],
      "x-amz-meta-tombstone": ["object_metadata.tombstone"],
    },
    query: { "x-id": ["request.object"] },
    body: objectOf,
  },
  search: {
    rows: { "content-type": ["request.bulk"], "content-encoding": ["request.bulk"] },
    query: { filter_path: ["request.bulk"] },
    body: async ({ path, body }) =>
      path === "/_bulk" ? bulkOf(body) : [{ what: `path ${path}`, rows: ["request.script"] }],
  },
};

interface Entry {
  readonly MessageBody: string;
  readonly MessageAttributes?: Readonly<Record<string, unknown>>;
}

const ENTRY: Readonly<Record<string, readonly string[]>> = {
  Id: ["request.message"],
  MessageGroupId: ["group_id"],
  MessageDeduplicationId: ["dedup_id"],
};

function messagesOf({
  Entries,
  QueueUrl: _,
  ...rest
}: {
  Entries: readonly Entry[];
  QueueUrl: string;
}): readonly Piece[] {
  const pieces = Entries.flatMap(({ MessageBody, MessageAttributes = {}, ...others }): readonly Piece[] => [
    ...Object.keys(others).map((name) => ({ what: `member ${name}`, rows: ENTRY[name] ?? [] })),
    ...Object.keys(MessageAttributes).map((name) => ({
      what: `attribute ${name}`,
      rows: [`attribute.${name}`, name].filter((row) => row !== "type"),
    })),
    ...documentOf(JSON.parse(MessageBody)),
  ]);
  const queue = { what: "the queue", rows: ["request.queue"] };
  return [queue, ...Object.keys(rest).map((name) => ({ what: `member ${name}`, rows: [] })), ...pieces];
}

const KEY = /^\/\w+\/\w+\/dt%3D\d{4}-\d\d-\d\d\/hour%3D\d\d\/part-[\w-]+(\.[a-z.]+)$/;

async function objectOf({ path, body }: WholeRequest): Promise<readonly Piece[]> {
  const ending = KEY.exec(path)?.[1] ?? "";
  const key = { what: "object key", rows: ending === "" ? [] : ["object_key"] };
  const name = { what: "object name", rows: ["object_key.name"] };
  return [key, name, ...((await READERS[ending]?.(body)) ?? [{ what: `an object ${ending}`, rows: [] }])];
}

type Read = (body: Buffer) => Promise<readonly Piece[]>;

const READERS: Readonly<Record<string, Read>> = {
  ".ndjson": async (body) => linesOf(body).flatMap(documentOf),
  ".sealed.ndjson": async (body) =>
    linesOf(body).flatMap((line) =>
      Object.keys(line).map((name) => ({
        what: `member ${name}`,
        rows: { id: ["envelope.delivery_id"], sealed: ["payload", "seal.segments"] }[name] ?? [],
      })),
    ),
  ".parquet": async (body) => {
    const file = body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength) as ArrayBuffer;
    const [row = {}] = await parquetReadObjects({ file });
    return columnsOf(Object.keys(row));
  },
  ".avro": async (body) => {
    const names = await new Promise<readonly string[]>((resolve, reject) => {
      const decoder = new avsc.streams.BlockDecoder();
      decoder.on("metadata", (type: { fields: readonly { name: string }[] }) =>
        resolve(type.fields.map(({ name }) => name)),
      );
      decoder.on("error", reject);
      decoder.end(body);
    });
    return columnsOf(names);
  },
};

function columnsOf(names: readonly string[]): readonly Piece[] {
  return names.flatMap((name) => [
    {
      what: `column ${name}`,
      rows: [`column.${name}`, ...(name === columnOfPart("delivery_id") ? ["envelope.delivery_id"] : [])],
    },
  ]);
}

function linesOf(body: Buffer): readonly object[] {
  return body
    .toString()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const ACTION: Readonly<Record<string, readonly string[]>> = {
  _index: ["index"],
  _id: ["document_id"],
  retry_on_conflict: ["request.bulk"],
};

function bulkOf(body: Buffer): readonly Piece[] {
  const bulk = { what: "path _bulk", rows: ["request.bulk"] };
  const pieces = linesOf(gunzipSync(body)).flatMap((line, at): readonly Piece[] => {
    if (at % 2 === 1) return stateOf(line) ?? documentOf(line);
    return Object.values(line).flatMap((action) =>
      Object.keys(action).map((name) => ({ what: `action ${name}`, rows: ACTION[name] ?? [] })),
    );
  });
  return [bulk, ...pieces];
}

/** What the script is given: the order and the document. */
function stateOf(line: object): readonly Piece[] | undefined {
  if (!("script" in line)) return undefined;
  const { script, ...frame } = line as { script: { params: { document: object } } };
  const { document, ...params } = script.params;
  return [
    ...Object.keys(frame).map((name) => ({ what: `member ${name}`, rows: ["request.script"] })),
    ...Object.keys(params).map((name) => ({ what: `parameter ${name}`, rows: name === "order" ? ["order"] : [] })),
    ...documentOf(document),
  ];
}

/** Every value of a document by its path, `[]` for any item. */
function documentOf(document: object): readonly Piece[] {
  return Object.entries(document).flatMap(([name, value]) => {
    if (name !== ENVELOPE_NAME)
      return pathsOf(value, name).map((path) => ({ what: `field ${path}`, rows: [path, `output.${path}`] }));
    const parts = Object.keys(value as object).filter((part) => part !== "v");
    return parts.map((part) => ({ what: `${ENVELOPE_NAME}.${part}`, rows: [`envelope.${part}`] }));
  });
}

function pathsOf(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, `${path}[]`));
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, `${path}.${name}`));
}
