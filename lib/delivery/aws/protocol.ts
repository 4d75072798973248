/** What a part of a request that no sink writes is made from. */
export type ProtocolSource =
  /** The bytes of the body. */
  | "body"
  | "clock"
  | "random"
  /** Name, version and settings of the client, and of what it runs on. */
  | "client"
  /** What is asked for, and where. */
  | "operation"
  /** All of the request, and the credentials. */
  | "signature";

/** The clients whose requests leave. */
export type ProtocolClient = "dynamodb" | "s3" | "sqs" | "search";

type HeaderSources = Readonly<Record<string, ProtocolSource>>;

const SIGNED: HeaderSources = {
  authorization: "signature",
  host: "operation",
  "content-length": "body",
  "x-amz-content-sha256": "body",
  "x-amz-date": "clock",
  "x-amz-security-token": "signature",
};

const SDK: HeaderSources = {
  ...SIGNED,
  "amz-sdk-invocation-id": "random",
  "amz-sdk-request": "client",
  "user-agent": "client",
  "x-amz-user-agent": "client",
};

const JSON_PROTOCOL: HeaderSources = { ...SDK, "content-type": "operation", "x-amz-target": "operation" };

/**
 * What clients add to requests by themselves: a closed list. Beside it stands only what the plan's list of what leaves
 * names; a header of neither is a defect, and a test finds it.
 */
export const PROTOCOL: Readonly<Record<ProtocolClient, HeaderSources>> = {
  dynamodb: JSON_PROTOCOL,
  sqs: { ...JSON_PROTOCOL, "x-amzn-query-mode": "operation" },
  s3: { ...SDK, "x-amz-checksum-crc32": "body", "x-amz-sdk-checksum-algorithm": "client" },
  search: SIGNED,
};
