import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { AnyPrincipal, Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";

export interface WriteOnceBucketProps {
  readonly key: IKey;
  /** Name that other stacks can know. */
  readonly bucketName: string;
  /**
   * How long objects are kept.
   *
   * @default - for ever
   */
  readonly retention?: Duration;
}

/**
 * A bucket whose objects are written once: the bucket itself refuses a write without `If-None-Match`.
 *
 * Enforcing conditional writes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 * (read 2026-11-22).
 */
export class WriteOnceBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { key, bucketName, retention }: WriteOnceBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      bucketName,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1), ...(retention && { expiration: retention }) },
      ],
    });
    this.#refuseUnconditionalWrites();
    acknowledge(this.bucket, "S1", "who opens objects is recorded by CloudTrail data events, which the account owns");
  }

  #refuseUnconditionalWrites(): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: "ObjectsAreWrittenOnce",
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ["s3:PutObject"],
        resources: [this.bucket.arnForObjects("*")],
        conditions: { Null: { "s3:if-none-match": "true" } },
      }),
    );
  }
}
