import type { HttpRequest, HttpResponse } from "@smithy/core/protocols";
import { answer, xmlError } from "../aws-double.ts";

interface Stored {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** One bucket whose objects are written once. */
export class FakeS3 {
  readonly objects = new Map<string, Stored>();

  serve({ method, path, headers, body }: HttpRequest): HttpResponse {
    const found = this.objects.get(path);
    if (method === "HEAD") return found === undefined ? answer(404, "") : answer(200, "", found.headers);
    if (found !== undefined) return xmlError(412, "PreconditionFailed");
    const metadata = Object.entries(headers).filter(([name]) => name.startsWith("x-amz-meta-"));
    this.objects.set(path, { headers: Object.fromEntries(metadata), body });
    return answer(200, "");
  }

  /** Lines of all objects, tombstones having none. */
  get lines(): readonly string[] {
    return [...this.objects.values()].flatMap(({ body }) => Buffer.from(body).toString().split("\n").filter(Boolean));
  }
}
