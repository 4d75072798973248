import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSign } from "#delivery/aws/sign";

const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const NOW_MS = Date.UTC(2015, 7, 30, 12, 36, 0);
const BODY = Buffer.from('{"create":{}}\n{}\n');

describe("createSign", () => {
  it.each(["es", "aoss"] as const)("signs for %s as the specification says", async (service) => {
    const sign = createSign({ region: "eu-west-1", service, credentials: async () => CREDENTIALS });
    const url = new URL("https://search.example.com/_bulk?filter_path=errors,items.*.status");
    const headers = { "content-type": "application/x-ndjson" };
    const signed = await sign({ method: "POST", url, headers, body: BODY }, NOW_MS);
    expect(signed.headers["x-amz-content-sha256"]).toBe(sha256(BODY));
    expect(signed.headers["authorization"]).toBe(expectedAuthorization(service, signed.headers));
  });

  it("signs for s3 as the example that AWS publishes", async () => {
    // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, "Example: GET Object".
    const credentials = async () => ({
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    });
    const sign = createSign({ region: "us-east-1", service: "s3", credentials });
    const url = new URL("https://examplebucket.s3.amazonaws.com/test.txt");
    const request = { method: "GET", url, headers: { range: "bytes=0-9" }, body: new Uint8Array() } as const;
    const { headers } = await sign(request, Date.UTC(2013, 4, 24));
    expect(headers["authorization"]).toContain(
      "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    );
  });

  it.each([
    ["s3", "/dt%3D2026/a%20b"],
    ["es", "/dt%253D2026/a%2520b"],
  ] as const)("signs an escaped path for %s as %s", async (service, path) => {
    const sign = createSign({ region: "eu-west-1", service, credentials: async () => CREDENTIALS });
    const url = new URL("https://lake.example.com/dt%3D2026/a%20b");
    const { headers } = await sign({ method: "POST", url, headers: {}, body: BODY }, NOW_MS);
    expect(headers["authorization"]).toBe(expectedAuthorization(service, headers, { path, query: "" }));
  });

  it("sends the token of temporary credentials, signed", async () => {
    const credentials = async () => ({ ...CREDENTIALS, sessionToken: "token" });
    const sign = createSign({ region: "eu-west-1", service: "sqs", credentials });
    const url = new URL("https://sqs.eu-west-1.amazonaws.com/");
    const { headers } = await sign({ method: "POST", url, headers: {}, body: BODY }, NOW_MS);
    expect(headers["x-amz-security-token"]).toBe("token");
    expect(headers["authorization"]).toBe(expectedAuthorization("sqs", headers, { path: "/", query: "" }));
  });

  it("leaves the body and the URL as they are", async () => {
    const sign = createSign({ region: "eu-west-1", service: "es", credentials: async () => CREDENTIALS });
    const request = {
      method: "POST",
      url: new URL("https://search.example.com/_bulk"),
      headers: {},
      body: BODY,
    } as const;
    expect(await sign(request, NOW_MS)).toMatchObject({ method: "POST", url: request.url, body: BODY });
  });
});

/** Signature Version 4, written from https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html. */
function expectedAuthorization(
  service: string,
  headers: Readonly<Record<string, string>>,
  { path, query } = { path: "/_bulk", query: "filter_path=errors%2Citems.%2A.status" },
): string {
  const scope = `20150830/eu-west-1/${service}/aws4_request`;
  const names = Object.keys(headers)
    .map((name) => name.toLowerCase())
    .filter((name) => name !== "authorization")
    .toSorted();
  const canonicalHeaders = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join("");
  const signedHeaders = names.join(";");
  const canonical = ["POST", path, query, canonicalHeaders, signedHeaders, sha256(BODY)].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", "20150830T123600Z", scope, sha256(canonical)].join("\n");
  const key = ["20150830", "eu-west-1", service, "aws4_request"].reduce<Buffer | string>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${CREDENTIALS.secretAccessKey}`,
  );
  const signature = createHmac("sha256", key).update(toSign).digest("hex");
  return `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
