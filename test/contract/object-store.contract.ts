import { beforeEach, describe, expect, it } from "vitest";
import type { NewObject, ObjectStore } from "#delivery";
import { EXISTS, OK } from "#delivery/answer";

const KEY = "dt=2026-01-31/hour=23/part-1.ndjson";

function objectOf(fence: string, rest: Partial<NewObject> = {}): NewObject {
  return { key: KEY, body: Buffer.from(`{"by":"${fence}"}\n`), fence, tombstone: false, ...rest };
}

const TOMBSTONE = { body: new Uint8Array(), tombstone: true };

/** What every object store keeps to: a key is taken once, and everybody learns by whom. */
export function objectStoreContract(name: string, create: () => Promise<ObjectStore>): void {
  describe(`${name} as an object store`, () => {
    let objects: ObjectStore;
    beforeEach(async () => {
      objects = await create();
    });

    it("knows nothing of a key that is free", async () => {
      expect(await objects.head(KEY)).toBeUndefined();
    });

    it("writes an object and tells who did", async () => {
      expect(await objects.create(objectOf("f1"))).toEqual(OK);
      expect(await objects.head(KEY)).toEqual({ fence: "f1", tombstone: false });
    });

    it("writes a key once", async () => {
      await objects.create(objectOf("f1"));
      expect(await objects.create(objectOf("f2"))).toEqual(EXISTS);
      expect(await objects.head(KEY)).toEqual({ fence: "f1", tombstone: false });
    });

    it("refuses even the same bytes from the same worker", async () => {
      await objects.create(objectOf("f1"));
      expect(await objects.create(objectOf("f1"))).toEqual(EXISTS);
    });

    it("keeps data out of a key with a tombstone", async () => {
      expect(await objects.create(objectOf("f2", TOMBSTONE))).toEqual(OK);
      expect(await objects.create(objectOf("f1"))).toEqual(EXISTS);
      expect(await objects.head(KEY)).toEqual({ fence: "f2", tombstone: true });
    });

    it("keeps a tombstone out of a key with data", async () => {
      await objects.create(objectOf("f1"));
      expect(await objects.create(objectOf("f2", TOMBSTONE))).toEqual(EXISTS);
      expect(await objects.head(KEY)).toEqual({ fence: "f1", tombstone: false });
    });

    it("lets one of many at the same time win", async () => {
      const rivals = Array.from({ length: 10 }, (_, index) => objectOf(`f${index}`, index % 2 === 0 ? {} : TOMBSTONE));
      const answers = await Promise.all(rivals.map((object) => objects.create(object)));
      const winners = rivals.filter((_, index) => answers[index]?.kind === "ok");
      expect(winners).toHaveLength(1);
      expect(await objects.head(KEY)).toEqual({ fence: winners[0]?.fence, tombstone: winners[0]?.tombstone });
    });

    it("keeps keys apart", async () => {
      await objects.create(objectOf("f1"));
      expect(await objects.create(objectOf("f2", { key: `${KEY}.2` }))).toEqual(OK);
    });
  });
}
