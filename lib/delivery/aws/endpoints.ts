/** Services that are reached at a regional endpoint of AWS. */
export type EndpointName = "dynamodb" | "s3" | "secretsmanager" | "sqs";

/** The variables by which AWS clients are pointed somewhere else, by service. */
const VARIABLES: Readonly<Record<EndpointName, string>> = {
  dynamodb: "AWS_ENDPOINT_URL_DYNAMODB",
  s3: "AWS_ENDPOINT_URL_S3",
  secretsmanager: "AWS_ENDPOINT_URL_SECRETS_MANAGER",
  sqs: "AWS_ENDPOINT_URL_SQS",
};

export interface EndpointOptions {
  readonly service: EndpointName;
  readonly region: string;
  /** Where `AWS_ENDPOINT_URL` and the like may stand. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/**
 * Finds the URL of a service in a region; it ends with `/`.
 *
 * Variables: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html (read 2026-11-22).
 */
export function endpointOf({ service, region, variables }: EndpointOptions): URL {
  const elsewhere = elsewhereOf(service, variables);
  return new URL(elsewhere ?? `https://${service}.${region}.amazonaws.com`);
}

/** Finds the URL of a bucket: a host of its own on AWS, a folder of any other endpoint. */
export function bucketEndpointOf(bucket: string, { region, variables }: Omit<EndpointOptions, "service">): URL {
  const elsewhere = elsewhereOf("s3", variables);
  if (elsewhere !== undefined) return new URL(`${bucket}/`, elsewhere);
  return new URL(`https://${bucket}.s3.${region}.amazonaws.com`);
}

function elsewhereOf(service: EndpointName, variables: EndpointOptions["variables"]): string | undefined {
  const url = variables[VARIABLES[service]] ?? variables["AWS_ENDPOINT_URL"];
  return url === undefined ? undefined : `${url.replace(/\/$/, "")}/`;
}
