import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createSend, type HttpRequest } from "#delivery/aws/http";

describe("createSend", () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function requestTo(listener: RequestListener): Promise<HttpRequest> {
    const started = createServer(listener);
    server = started;
    await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
    const { port } = started.address() as AddressInfo;
    return {
      method: "PUT",
      url: new URL(`http://127.0.0.1:${port}/a`),
      headers: { "x-a": "1" },
      body: Buffer.from("b"),
    };
  }

  it("sends headers and body, and reads status, headers and body", async () => {
    const request = await requestTo((incoming, response) => {
      incoming.on("data", (body) => {
        const { method, url, headers } = incoming;
        response
          .writeHead(412, { "X-B": "2" })
          .end(`${method} ${url} ${headers["x-a"]} ${headers["content-length"]} ${body}`);
      });
    });
    const answer = await createSend()(request, 5_000);
    expect(answer).toMatchObject({ status: 412, headers: { "x-b": "2" } });
    expect(answer?.body.toString()).toBe("PUT /a 1 1 b");
  });

  it.each<readonly [string, RequestListener]>([
    ["there is no answer in time", () => undefined],
    [
      "the answer never ends",
      (_, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write("x"), 5);
        response.on("close", () => clearInterval(timer));
      },
    ],
    ["the connection breaks", (incoming) => incoming.socket.destroy()],
  ])("knows nothing when %s", async (_, listener) => {
    expect(await createSend()(await requestTo(listener), 150)).toBeUndefined();
  });
});
