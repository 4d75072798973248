import { rejected } from "#delivery";
import { EXISTS, NEWER, OK } from "#delivery/answer";
import type { IndexAnswer, IndexItem, SearchIndex } from "#delivery/search-index";

interface Stored {
  readonly version: bigint;
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

  /** Takes a document away with its version, as a real index does a minute after a deletion. */
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
    const version = action === "create" ? 1n : action.version;
    if (known !== undefined && (action === "create" || known.version >= version)) {
      return action === "create" || known.version === version ? EXISTS : NEWER;
    }
    documents.set(id, { version, document });
    return OK;
  }
}
