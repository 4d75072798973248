import { rejected } from "#delivery";
import { EXISTS, NEWER, OK } from "#delivery/answer";
import type { IndexAnswer, IndexItem, SearchIndex } from "#delivery/search-index";

interface Stored {
  /** Absent where the document is one of many. */
  readonly order?: string;
  readonly document: Uint8Array;
}

/** A search index in memory. `accepts` tells which documents its mapping takes. */
export class MemorySearchIndex implements SearchIndex {
  readonly #indexes = new Map<string, Map<string, Stored>>();
  readonly #accepts: (document: Uint8Array) => boolean;

  constructor(accepts: (document: Uint8Array) => boolean = () => true) {
    this.#accepts = accepts;
  }

  createIndex(name: string): void {
    this.#indexes.set(name, new Map());
  }

  documents(index: string): ReadonlyMap<string, Stored> {
    return this.#indexes.get(index) ?? new Map();
  }

  /** Puts a document there whatever is there. */
  put(index: string, id: string, stored: Stored): void {
    this.#indexes.get(index)?.set(id, stored);
  }

  /** Takes a document away with its order. */
  remove(index: string, id: string): void {
    this.#indexes.get(index)?.delete(id);
  }

  async write(items: readonly IndexItem[]): Promise<readonly IndexAnswer[]> {
    return items.map((item) => this.#writeOne(item));
  }

  #writeOne({ index, id, action, document }: IndexItem): IndexAnswer {
    const documents = this.#indexes.get(index);
    if (documents === undefined) return { kind: "retry", code: "SINK_DENIED", afterMs: 60_000 };
    if (!this.#accepts(document)) return rejected("SINK_REFUSED");
    const known = documents.get(id);
    if (known !== undefined && action === "create") return EXISTS;
    const order = action === "create" ? "" : action.order;
    if (known?.order !== undefined && known.order >= order) return known.order === order ? EXISTS : NEWER;
    documents.set(id, { order, document });
    return OK;
  }
}
