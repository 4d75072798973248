import { describe, expect, it } from "vitest";
import { bucketEndpointOf, endpointOf } from "#delivery/aws/endpoints";

const LOCAL = { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" };

describe("endpointOf", () => {
  it.each([
    ["the region's host", {}, "https://sqs.eu-west-1.amazonaws.com/"],
    ["what stands for all services", LOCAL, "http://127.0.0.1:4566/"],
    ["what stands for this one first", { ...LOCAL, AWS_ENDPOINT_URL_SQS: "http://sqs.test" }, "http://sqs.test/"],
    ["nothing of another service", { AWS_ENDPOINT_URL_S3: "http://s3.test" }, "https://sqs.eu-west-1.amazonaws.com/"],
  ])("takes %s", (_, variables, url) => {
    expect(endpointOf({ service: "sqs", region: "eu-west-1", variables }).href).toBe(url);
  });
});

describe("bucketEndpointOf", () => {
  it.each([
    ["a host of its own on AWS", {}, "https://lake.s3.eu-west-1.amazonaws.com/"],
    ["a folder elsewhere", LOCAL, "http://127.0.0.1:4566/lake/"],
    ["a folder of the service's own variable", { AWS_ENDPOINT_URL_S3: "http://s3.test/" }, "http://s3.test/lake/"],
  ])("gives a bucket %s", (_, variables, url) => {
    expect(bucketEndpointOf("lake", { region: "eu-west-1", variables }).href).toBe(url);
  });
});
