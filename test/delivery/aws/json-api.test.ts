import { describe, expect, it } from "vitest";
import type { HttpResponse } from "#delivery/aws/http";
import { createJsonApi } from "#delivery/aws/json-api";
import { answer, ServiceDouble } from "./service-double.ts";

describe("createJsonApi", () => {
  it("names the operation in a header and writes the input as JSON", async () => {
    const double = new ServiceDouble(answer(200, { Done: true }));
    expect(await apiOver(double)("PutItem", { A: 1 })).toEqual({
      status: 200,
      output: { Done: true },
      isPassing: false,
    });
    expect(double.requests).toEqual([
      {
        method: "POST",
        path: "",
        headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "Service_2012.PutItem" },
        body: Buffer.from('{"A":1}'),
      },
    ]);
  });

  it.each<readonly [string, HttpResponse, string, boolean]>([
    ["an error", error("AccessDeniedException"), "AccessDeniedException", false],
    ["an error without namespace", answer(400, { __type: "InvalidThing" }), "InvalidThing", false],
    ["throttling with status 400", error("ThrottlingException"), "ThrottlingException", true],
    [
      "too little capacity",
      error("ProvisionedThroughputExceededException"),
      "ProvisionedThroughputExceededException",
      true,
    ],
    ["a failure of the service", answer(500, { __type: "InternalServerError" }), "InternalServerError", true],
    ["a body that is no JSON", { status: 503, headers: {}, body: Buffer.from("<html>") }, "Error", true],
  ])("reads %s", async (_, response, name, isPassing) => {
    expect(await apiOver(new ServiceDouble(response))("Do", {})).toMatchObject({ error: name, isPassing });
  });

  it("knows nothing after no answer", async () => {
    expect(await apiOver(new ServiceDouble(undefined))("Do", {})).toBeUndefined();
  });

  it("tells the service which answers pass", async () => {
    const passing: boolean[] = [];
    const api = createJsonApi({
      service: async (_, isPassing) => {
        passing.push(isPassing?.(error("ThrottlingException")) ?? false, isPassing?.(error("Other")) ?? false);
        return answer(200);
      },
      target: "T",
      version: "1.1",
    });
    await api("Do", {});
    expect(passing).toEqual([true, false]);
  });
});

function error(name: string): HttpResponse {
  return answer(400, { __type: `com.amazonaws.service#${name}`, message: "quotes ann@example.com" });
}

function apiOver(double: ServiceDouble) {
  return createJsonApi({ service: double.service, target: "Service_2012", version: "1.0" });
}
