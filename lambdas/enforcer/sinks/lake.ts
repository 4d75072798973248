import { S3Client } from "@aws-sdk/client-s3";
import { createS3ObjectStore } from "#delivery/aws/s3-object-store";
import { createLakeLayout } from "#delivery/layouts/lake-layout";
import { createLakeSink } from "#delivery/protocols/lake";
import { withinHorizon } from "#delivery/protocols/within-horizon";
import { requireVariables } from "#environment";
import { formatOf } from "#formats";
import type { OpenSink } from "./deployed-sink.ts";
import { openLedger, PARALLEL_CLAIMS } from "./open-ledger.ts";

/** Time before the deadline that is kept for writing objects. */
const RESERVE_MS = 5_000;
const PARALLEL_WRITES = 8;
const ATTEMPTS = 3;

/** Objects in a bucket, under the processor's name and generation. */
export const openLake: OpenSink = async (plan, parts) => {
  const { env, aws, clock, random } = parts;
  const { LAKE_BUCKET: bucket, LAKE_REGION: region } = requireVariables(env, ["LAKE_BUCKET", "LAKE_REGION"]);
  const format = await formatOf(plan);
  const { ledger, rememberMs, leaseMs } = openLedger(parts);
  const { processor, generation } = plan;
  const lake = createLakeSink({
    stream: { processor, generation },
    ledger,
    objects: createS3ObjectStore({
      s3: aws.open(S3Client, region),
      ask: aws.ask,
      bucket,
      prefix: `${processor}/${generation}/`,
      contentType: format.contentType,
    }),
    layout: createLakeLayout(format),
    clock,
    random,
    limits: {
      leaseMs,
      rememberMs,
      parallelClaims: PARALLEL_CLAIMS,
      parallelWrites: PARALLEL_WRITES,
      attempts: ATTEMPTS,
      reserveMs: RESERVE_MS,
    },
  });
  return withinHorizon(lake, { clock, rememberMs, marginMs: leaseMs });
};
