import { gunzipSync } from "node:zlib";
import type { HttpRequest, HttpResponse } from "@smithy/core/protocols";
import { answer } from "../aws-double.ts";

interface Kept {
  /** Empty where the first document stays. */
  readonly order: string;
  readonly source: string;
}

interface Action {
  readonly create?: { readonly _index: string; readonly _id: string };
  readonly update?: { readonly _index: string; readonly _id: string };
}

/** A cluster that has the script of newest states and takes every document. */
export class FakeOpenSearch {
  /** By index and id. */
  readonly documents = new Map<string, Kept>();

  serve({ path, body }: HttpRequest): HttpResponse {
    if (!path.endsWith("_bulk")) return answer(403, {});
    const lines = gunzipSync(body).toString().split("\n");
    const items = lines.flatMap((line, at) =>
      at % 2 === 0 && line !== "" ? [this.#write(line, lines[at + 1] ?? "")] : [],
    );
    return answer(200, {
      errors: items.some(({ status }) => status >= 400),
      items: items.map((item) => ({ write: item })),
    });
  }

  #write(action: string, source: string): { readonly status: number } {
    const { create, update } = JSON.parse(action) as Action;
    const { _index, _id } = create ?? update ?? { _index: "", _id: "" };
    const key = `${_index}/${_id}`;
    const known = this.documents.get(key);
    if (create !== undefined && known !== undefined) return { status: 409 };
    const order = create === undefined ? (/"order":"([^"]+)"/.exec(source)?.[1] ?? "") : "";
    if (known !== undefined && known.order >= order) return { status: 200, ...noop(known.order) };
    this.documents.set(key, { order, source });
    return { status: known === undefined ? 201 : 200 };
  }
}

function noop(order: string): object {
  return { result: "noop", get: { _source: { _shield: { order } } } };
}
