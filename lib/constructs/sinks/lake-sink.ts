import { Arn, ArnFormat, Stack } from "aws-cdk-lib";
import { Grant, type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { EnforcerEnv } from "#environment";
import { acknowledgeWildcard } from "../acknowledge.ts";
import type { ISink } from "./sink.ts";
import { SINK_TIMINGS } from "./timing.ts";

export interface LakeSinkProps {
  readonly bucketName: string;
  /** Region of the bucket; its stack is another one where this is not the Space's. */
  readonly region: string;
}

/** Writes objects into a lake. */
export class LakeSink implements ISink {
  readonly timing = SINK_TIMINGS.LAKE;
  readonly #props: LakeSinkProps;

  constructor(props: LakeSinkProps) {
    this.#props = props;
  }

  bind(scope: Construct, enforcer: IGrantable): Partial<EnforcerEnv> {
    const { bucketName, region } = this.#props;
    const bucket = `arn:${Stack.of(scope).partition}:s3:::${bucketName}`;
    const objects = `${bucket}/*`;
    const keys = keysOf({ scope, region });
    Grant.addToPrincipal({
      grantee: enforcer,
      // HEAD is authorized as GetObject.
      actions: ["s3:PutObject", "s3:GetObject"],
      resourceArns: [objects],
    });
    // Without it, S3 answers 403 instead of 404 for a key that is free, and no claim of a dead worker could be taken over.
    Grant.addToPrincipal({ grantee: enforcer, actions: ["s3:ListBucket"], resourceArns: [bucket] });
    enforcer.grantPrincipal.addToPrincipalPolicy(useThroughS3(keys, region));
    acknowledgeWildcard(scope, objects, "objects are named by hour and attempt; the right to write ends at the bucket");
    acknowledgeWildcard(scope, keys, "the lake's key is another stack's; only S3 of that region may use it for us");
    return { LAKE_BUCKET: bucketName, LAKE_REGION: region };
  }
}

/** The keys of a region, one of which is the lake's: its stack is another one. */
function keysOf({ scope, region }: { readonly scope: Construct; readonly region: string }): string {
  const parts = { service: "kms", region, resource: "key", resourceName: "*" };
  return Arn.format({ ...parts, arnFormat: ArnFormat.SLASH_RESOURCE_NAME }, Stack.of(scope));
}

function useThroughS3(keys: string, region: string): PolicyStatement {
  return new PolicyStatement({
    actions: ["kms:GenerateDataKey", "kms:Decrypt"],
    resources: [keys],
    conditions: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
  });
}
