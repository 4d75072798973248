import { HeadObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { DeliveryError } from "#errors";
import type { NewObject, ObjectHead, ObjectStore } from "../ports.ts";
import { statusOf, throwIfHopeless } from "./failures.ts";

export interface S3ObjectStoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly contentType: string;
}

const EXISTS = 412;
const CONFLICT = 409;

/** How often a write that met another one under way is tried again: S3 answers 409 and asks for it. */
const ATTEMPTS = 4;

/**
 * Objects in an S3 bucket, written with `If-None-Match: *`; the fence travels in the object's metadata.
 *
 * Conditional writes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html (read 2026-11-22).
 */
export function createS3ObjectStore(options: S3ObjectStoreOptions): ObjectStore {
  return {
    async create(object) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const outcome = await put(options, object);
        if (outcome !== "conflict") return outcome;
      }
      return "unknown";
    },
    head: (key) => head(options, key),
  };
}

async function put(
  { client, bucket, contentType }: S3ObjectStoreOptions,
  { key, body, fence, tombstone }: NewObject,
): Promise<"ok" | "exists" | "unknown" | "conflict"> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: body,
    ContentType: contentType,
    IfNoneMatch: "*",
    Metadata: { fence, ...(tombstone && { tombstone: "1" }) },
  });
  try {
    await client.send(command);
    return "ok";
  } catch (error) {
    if (statusOf(error) === EXISTS) return "exists";
    if (statusOf(error) === CONFLICT) return "conflict";
    throwIfHopeless(error, "the lake bucket");
    return "unknown";
  }
}

async function head({ client, bucket }: S3ObjectStoreOptions, key: string): Promise<ObjectHead | undefined> {
  try {
    const { Metadata = {} } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return { fence: Metadata["fence"] ?? "", tombstone: Metadata["tombstone"] === "1" };
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throwIfHopeless(error, "the lake bucket");
    throw new DeliveryError("STORE_UNKNOWN", "expected the lake bucket to answer, got no answer", { retryable: true });
  }
}
