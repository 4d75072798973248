import { describe, expect, it } from "vitest";
import { readEnv, requireSeconds } from "#environment";

const VARIABLES = {
  SPACE: "example",
  KEYS_SECRET_ARN: "arn",
  QUARANTINE_BUCKET: "bucket",
  INLET_URL: "https://sqs.example.com",
  CHANNEL: "{}",
  LEDGER_TABLE: "ledger",
  AWS_REGION: "eu-west-1",
  LAMBDA_TASK_ROOT: "/var/task",
};

describe("readEnv", () => {
  it("returns what is there", () => {
    expect(readEnv(VARIABLES)).toEqual(VARIABLES);
  });

  it("names everything that is missing", () => {
    expect(() => readEnv({ ...VARIABLES, SPACE: "", CHANNEL: undefined })).toThrow(
      "expected the environment variables SPACE, CHANNEL, got none of them: deploy again",
    );
  });
});

describe("requireSeconds", () => {
  it("reads seconds as ms", () => {
    expect(requireSeconds({ LEASE_SECONDS: "90" }, "LEASE_SECONDS")).toBe(90_000);
  });

  it.each(["0", "-1", "soon"])("refuses %s", (text) => {
    expect(() => requireSeconds({ LEASE_SECONDS: text }, "LEASE_SECONDS")).toThrow(
      "expected a positive number of seconds in LEASE_SECONDS, got something else: deploy again",
    );
  });
});
