import { type Answer, EXISTS, OK } from "#delivery/answer";
import type { NewObject, ObjectHead, ObjectStore } from "#delivery/ports";

/** Objects in memory. */
export class MemoryObjectStore implements ObjectStore {
  readonly #objects = new Map<string, NewObject>();

  /** Every object, the tombstones included. */
  get objects(): readonly NewObject[] {
    return [...this.#objects.values()];
  }

  async create(object: NewObject): Promise<Answer<"ok" | "exists">> {
    if (this.#objects.has(object.key)) return EXISTS;
    this.#objects.set(object.key, object);
    return OK;
  }

  async head(key: string): Promise<ObjectHead | undefined> {
    const found = this.#objects.get(key);
    return found && { fence: found.fence, tombstone: found.tombstone };
  }

  /** Removes an object as a lifecycle rule would. */
  remove(key: string): void {
    this.#objects.delete(key);
  }
}
