import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** How a server treats one request. */
export type Treatment = (...parts: Parameters<RequestListener>) => unknown;

/** Takes the whole request and cuts the connection: whether it was carried out, nobody can tell. */
export const cut: Treatment = (request) => request.socket.destroy();

/** Begins an answer and cuts the connection in the middle of it. */
export const cutAnswer: Treatment = (request, response) => {
  response.writeHead(200, { "content-type": "application/x-amz-json-1.0", "content-length": 1_000 });
  response.write('{"Successful":[{"Id":"0"', () => request.socket.destroy());
};

/** Never answers. */
export const keepSilent: Treatment = () => undefined;

/** Begins an answer that never ends. */
export const trickle: Treatment = (_, response) => {
  response.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
  const timer = setInterval(() => response.write(" "), 5);
  response.on("close", () => clearInterval(timer));
};

/** Answers with a status and a body. */
export function respond(status: number, body = ""): Treatment {
  return (_, response) => response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(body);
}

export interface ScriptedServer {
  readonly url: string;
  readonly headers: readonly IncomingHttpHeaders[];
  stop(): void;
}

/** Starts a server on this machine that reads each request whole and treats it by a script, the last one for ever. */
export async function startScriptedServer(...script: readonly Treatment[]): Promise<ScriptedServer> {
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    const treat = script[Math.min(headers.length, script.length) - 1] ?? keepSilent;
    request.resume().on("end", () => treat(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, headers, stop: () => stopAll(server) };
}

function stopAll(server: Server): void {
  server.closeAllConnections();
  server.close();
}
