/** How objects of one kind of file become one. */
export interface Merger {
  /** Objects with the same answer can be merged. */
  likeness(object: Uint8Array): string;
  merge(objects: readonly Uint8Array[]): Promise<Uint8Array>;
}

/** Columns by which merged rows are sorted: what a reader filters by. */
const SORT_BY = ["_type", "_time"];

/** By the ending of the object's key; what is not here stays as it is. */
const MERGERS: Readonly<Record<string, () => Promise<Merger>>> = {
  ".parquet": async () => {
    const { mergeParquet, parquetSchemaOf } = await import("./merge-parquet.ts");
    return { likeness: parquetSchemaOf, merge: (objects) => mergeParquet(objects, SORT_BY) };
  },
  ".ndjson": async () => ({ likeness: () => "", merge: async (objects) => Buffer.concat(objects) }),
};

/** Finds how objects with this ending of their keys become one; undefined where they stay as they are. */
export async function mergerOf(extension: string): Promise<Merger | undefined> {
  return MERGERS[extension]?.();
}
