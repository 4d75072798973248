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
function expectedAuthorization(service: string, headers: Readonly<Record<string, string>>): string {
  const scope = `20150830/eu-west-1/${service}/aws4_request`;
  const names = Object.keys(headers)
    .map((name) => name.toLowerCase())
    .filter((name) => name !== "authorization")
    .toSorted();
  const canonicalHeaders = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join("");
  const signedHeaders = names.join(";");
  const query = "filter_path=errors%2Citems.%2A.status";
  const canonical = ["POST", "/_bulk", query, canonicalHeaders, signedHeaders, sha256(BODY)].join("\n");
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
