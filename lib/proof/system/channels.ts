/** What an output channel is. */
export interface ChannelFacts {
  readonly summary: string;
  /** Payloads travel in it; in every other one no value of an event may be. */
  readonly holdsPayloads: boolean;
  /** What the policy lets travel beside payloads is in it, and nothing else of an event. */
  readonly holdsEnvelope: boolean;
}

const PAYLOADS = true;

/** Every way out. To add one: a line here, and whatever feeds it records under its name. */
export const CHANNELS = {
  payload: channel("what the engine hands to a sink", PAYLOADS),
  "opened payload": channel("the same, opened with its key where it is sealed", PAYLOADS),
  object: channel("bytes of an object in a lake", PAYLOADS),
  "object key": channel("key of an object, partition values included"),
  "object metadata": channel("what an object store keeps beside an object"),
  document: channel("body of a request to a search index", PAYLOADS),
  "document id": channel("id of a document in a search index"),
  "index name": channel("name of a search index"),
  message: channel("body of a message in a queue", PAYLOADS),
  attribute: { ...channel("attribute of a message: name and value"), holdsEnvelope: true },
  "group id": channel("group of a message in a FIFO queue"),
  "dedup id": channel("dedup id of a message in a FIFO queue"),
  ledger: channel("item of the ledger"),
  quarantine: channel("record of a rejected event, its seal included"),
  file: channel("file of a processor in an output directory", PAYLOADS),
  "file name": channel("path of a file in an output directory"),
  "state file": channel("file of an output directory's own"),
  report: channel("report.json of a run"),
  "command line": channel("what a command prints of a run"),
  log: channel("anything that is written to standard output or error, log lines of the enforcer included"),
  metric: channel("metrics in the embedded metric format, dimensions included"),
  request: channel("whole request to AWS or an index but for its body: method, URL and every header"),
  warning: channel("warning of the process"),
  failure: channel("a failure that a part had no answer for: message, stack and properties"),
} as const satisfies Readonly<Record<string, ChannelFacts>>;

export type OutputChannel = keyof typeof CHANNELS;

function channel(summary: string, holdsPayloads = false): ChannelFacts {
  return { summary, holdsPayloads, holdsEnvelope: false };
}

/** Something that left the system, or would. */
export interface Emission {
  /** Whose output it is; "" where it is nobody's. */
  readonly processor: string;
  readonly channel: OutputChannel;
  readonly bytes: Uint8Array;
  /** As it left, where `bytes` are its decoded content: compared, not searched. */
  readonly raw?: Uint8Array;
}

/** Takes everything that leaves. */
export type Emit = (emission: Emission) => void;

/** Emits a text, the bytes of an object, or anything else as JSON. */
export function emitValue(emit: Emit, at: Pick<Emission, "processor" | "channel">, value: unknown): void {
  if (value === undefined) return;
  const bytes =
    value instanceof Uint8Array ? value : Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
  emit({ ...at, bytes });
}
