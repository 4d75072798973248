import { HeadObjectCommand, type HeadObjectCommandOutput, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { DeliveryError } from "#errors";
import { EXISTS, OK, UNKNOWN } from "../answer.ts";
import type { ObjectHead, ObjectStore } from "../ports.ts";
import { type Ask, type Reply, within } from "./ask.ts";
import { refused } from "./failures.ts";

export interface S3ObjectStoreOptions {
  readonly s3: S3Client;
  readonly ask: Ask;
  readonly bucket: string;
  /**
   * Begins the key of every object in the bucket; whoever uses the store does not see it.
   *
   * @default none
   */
  readonly prefix?: string;
  readonly contentType: string;
}

const TAKEN = "PreconditionFailed";
const FREE = "NotFound";

/** Another write of the key is under way: S3 asks to try again. */
const CONFLICT = "ConditionalRequestConflict";

/**
 * Objects in an S3 bucket, written with `If-None-Match: *`; the fence travels in the object's metadata.
 *
 * Conditional writes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html (read 2026-11-22).
 * Whoever may not list the bucket is told 403 instead of 404 by HEAD, so the right to list belongs to the adapter.
 */
export function createS3ObjectStore({ s3, ask, bucket, prefix = "", contentType }: S3ObjectStoreOptions): ObjectStore {
  return {
    async create({ key, body, fence, tombstone }, deadlineMs) {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: `${prefix}${key}`,
        Body: body,
        ContentType: contentType,
        IfNoneMatch: "*",
        Metadata: { fence, ...(tombstone && { tombstone: "1" }) },
      });
      const reply = await ask((options) => s3.send(command, options), {
        answers: [TAKEN],
        passing: [CONFLICT],
        ...within(deadlineMs),
      });
      return createdBy(reply);
    },
    async head(key, deadlineMs) {
      const command = new HeadObjectCommand({ Bucket: bucket, Key: `${prefix}${key}` });
      return foundBy(await ask((options) => s3.send(command, options), { answers: [FREE], ...within(deadlineMs) }));
    },
  };
}

function createdBy(reply: Reply<unknown>): Awaited<ReturnType<ObjectStore["create"]>> {
  if (reply.kind === "done") return OK;
  if (reply.kind === "unknown" || reply.isPassing || reply.name === CONFLICT) return UNKNOWN;
  if (reply.name === TAKEN) return EXISTS;
  throw refused("the bucket", reply);
}

function foundBy(reply: Reply<HeadObjectCommandOutput>): ObjectHead | undefined {
  if (reply.kind === "done") return headOf(reply.output);
  if (reply.kind === "unknown" || reply.isPassing) {
    throw new DeliveryError("STORE_UNKNOWN", "expected the bucket to answer, got no answer", { retryable: true });
  }
  if (reply.name === FREE) return undefined;
  throw refused("the bucket", reply);
}

function headOf({ Metadata: { fence = "", tombstone } = {} }: HeadObjectCommandOutput): ObjectHead {
  return { fence, tombstone: tombstone === "1" };
}
