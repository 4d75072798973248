import { DeliveryError } from "#errors";
import { EXISTS, OK, UNKNOWN } from "../answer.ts";
import type { ObjectHead, ObjectStore } from "../ports.ts";
import { refused } from "./failures.ts";
import type { HttpResponse } from "./http.ts";
import { isPassingStatus, type Service } from "./service.ts";

export interface S3ObjectStoreOptions {
  /** S3, at the endpoint of the bucket. */
  readonly s3: Service;
  /**
   * Begins the key of every object in the bucket; whoever uses the store does not see it.
   *
   * @default none
   */
  readonly prefix?: string;
  readonly contentType: string;
}

const FENCE = "x-amz-meta-fence";
const TOMBSTONE = "x-amz-meta-tombstone";

const TAKEN = 412;

/** Another write of the key is under way: S3 asks to try again. */
const CONFLICT = 409;

/**
 * Objects in an S3 bucket, written with `If-None-Match: *`; the fence travels in the object's metadata.
 *
 * Conditional writes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html (read 2026-11-22).
 * Whoever may not list the bucket is told 403 instead of 404 by HEAD, so the right to list belongs to the adapter.
 */
export function createS3ObjectStore({ s3, prefix = "", contentType }: S3ObjectStoreOptions): ObjectStore {
  const pathOf = (key: string) => `${prefix}${key}`.split("/").map(escapeSegment).join("/");
  return {
    async create({ key, body, fence, tombstone }) {
      const headers = {
        "content-type": contentType,
        "if-none-match": "*",
        [FENCE]: fence,
        ...(tombstone && { [TOMBSTONE]: "1" }),
      };
      return createdBy(await s3({ method: "PUT", path: pathOf(key), headers, body }, isWorthAnotherTry));
    },
    async head(key) {
      return foundBy(await s3({ method: "HEAD", path: pathOf(key), headers: {}, body: new Uint8Array() }));
    },
  };
}

/** Escapes what the signature of a path escapes, so that both are of the same bytes. */
function escapeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function isWorthAnotherTry(answer: HttpResponse): boolean {
  return answer.status === CONFLICT || isPassingStatus(answer);
}

function createdBy(answer: HttpResponse | undefined): Awaited<ReturnType<ObjectStore["create"]>> {
  if (answer === undefined || isWorthAnotherTry(answer)) return UNKNOWN;
  if (answer.status === 200) return OK;
  if (answer.status === TAKEN) return EXISTS;
  throw refused("the bucket", { status: answer.status });
}

function foundBy(answer: HttpResponse | undefined): ObjectHead | undefined {
  if (answer === undefined || isPassingStatus(answer)) {
    throw new DeliveryError("STORE_UNKNOWN", "expected the bucket to answer, got no answer", { retryable: true });
  }
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw refused("the bucket", { status: answer.status });
  return { fence: answer.headers[FENCE] ?? "", tombstone: answer.headers[TOMBSTONE] === "1" };
}
