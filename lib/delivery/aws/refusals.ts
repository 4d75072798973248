import { UNKNOWN } from "../answer.ts";
import { rejected, retry, THROTTLED } from "../outcome.ts";
import type { QueueAnswer } from "../queue.ts";
import type { IndexAnswer } from "../search-index.ts";

/**
 * Refused, and nothing says whether the document or the index is to blame.
 *
 * Where the index takes other documents, one that it refuses alone again and again is to blame itself.
 */
export interface Ambiguous {
  readonly kind: "ambiguous";
}

export const AMBIGUOUS: Ambiguous = { kind: "ambiguous" };

/** Why an index did not take a document. */
export interface ItemError {
  readonly type?: string | undefined;
  readonly reason?: string | undefined;
  readonly caused_by?: { readonly type?: string | undefined };
}

/** A minute at least: what is denied is put right by people. */
const DENIED_MS = 60_000;

/** Nothing is wrong with what was sent: it waits until somebody has put right what refuses it. */
export const DENIED = retry("SINK_DENIED", DENIED_MS);

/** Errors of OpenSearch that say what is wrong with the document. All of them come with status 400. */
const DOCUMENT_ERRORS: ReadonlySet<string> = new Set([
  "document_parsing_exception",
  "input_coercion_exception",
  "json_e_o_f_exception",
  "json_parse_exception",
  "mapper_parsing_exception",
  "max_bytes_length_exceeded_exception",
  "not_x_content_exception",
  "parse_exception",
  "parsing_exception",
  "strict_dynamic_mapping_exception",
  "x_content_parse_exception",
]);

/** Errors of OpenSearch that say what is wrong with the index or the cluster, whatever status they come with. */
const INDEX_ERRORS: ReadonlyMap<string, IndexAnswer> = new Map<string, IndexAnswer>([
  ["circuit_breaking_exception", THROTTLED],
  ["cluster_block_exception", DENIED],
  ["index_closed_exception", DENIED],
  ["index_not_found_exception", DENIED],
  ["invalid_alias_name_exception", DENIED],
  ["invalid_index_name_exception", DENIED],
  ["resource_already_exists_exception", THROTTLED],
  ["resource_not_found_exception", DENIED],
  ["script_exception", DENIED],
  ["security_exception", DENIED],
  // No shard is left for the index that would have to be made.
  ["validation_exception", DENIED],
]);

/** What OpenSearch says of an index under types that it uses for documents too. */
const INDEX_REASONS: readonly RegExp[] = [/Limit of total fields/, /no write index is defined/, /shards open/];

const INDEX_STATUSES: ReadonlyMap<number, IndexAnswer | Ambiguous> = new Map<number, IndexAnswer | Ambiguous>([
  [400, AMBIGUOUS],
  [413, rejected("TOO_LARGE")],
  [429, THROTTLED],
]);

/** Says what becomes of a document that an index did not take; every refusal that is none of the known ones is denied. */
export function judgeItem(
  status: number,
  { type = "", reason = "", caused_by }: ItemError = {},
): IndexAnswer | Ambiguous {
  const names = [type, caused_by?.type ?? ""];
  const ofIndex = names.map((name) => INDEX_ERRORS.get(name)).find((answer) => answer !== undefined);
  if (ofIndex !== undefined) return ofIndex;
  if (INDEX_REASONS.some((pattern) => pattern.test(reason))) return DENIED;
  if (status === 400 && names.some((name) => DOCUMENT_ERRORS.has(name))) return rejected("SINK_REFUSED");
  return INDEX_STATUSES.get(status) ?? (isRefusal(status) ? DENIED : UNKNOWN);
}

/** Says what becomes of every document of a request that was refused as a whole; 400 and 413 are for one of them. */
export function judgeRequest(status: number | undefined): IndexAnswer {
  if (status === 429 || status === 503) return THROTTLED;
  return status !== undefined && isRefusal(status) ? DENIED : UNKNOWN;
}

/** No answer in time (408) says nothing. */
function isRefusal(status: number): boolean {
  return status >= 300 && status < 500 && status !== 408;
}

/** Errors of SQS that say what is wrong with a message, or that it was not looked at. */
const MESSAGE_ERRORS: ReadonlyMap<string, QueueAnswer> = new Map<string, QueueAnswer>([
  ["InvalidMessageContents", rejected("SINK_REFUSED")],
  ["KmsThrottled", THROTTLED],
  ["MessageTooLong", rejected("TOO_LARGE")],
  ["OverLimit", THROTTLED],
  ["RequestThrottled", THROTTLED],
  ["ThrottlingException", THROTTLED],
]);

/**
 * Says what becomes of a message of which a queue tells an error: `isSendersFault` is so of a key that we may not use, too.
 *
 * After a failure of the queue's own nobody knows whether the message is there.
 */
export function judgeMessage(code: string, isSendersFault: boolean): QueueAnswer {
  return MESSAGE_ERRORS.get(code) ?? (isSendersFault ? DENIED : UNKNOWN);
}
