import { parquetMetadata, parquetReadObjects, type SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";

type ParquetRow = Readonly<Record<string, unknown>>;

/** Reads times as they are stored: a `Date` would lose microseconds. */
const PARSERS = { timestampFromMicroseconds: (micros: bigint) => micros };

/** Tells files apart that have other columns: their rows cannot stand in one file. */
export function parquetSchemaOf(object: Uint8Array): string {
  return JSON.stringify(parquetMetadata(bufferOf(object)).schema);
}

/**
 * Merges Parquet files of one schema into one, its rows sorted by the columns, those of equal rows in their order.
 *
 * @param sortBy columns of text or time, the first counts most; those that the files lack are passed over
 */
export async function mergeParquet(objects: readonly Uint8Array[], sortBy: readonly string[]): Promise<Uint8Array> {
  const [first] = objects;
  if (first === undefined) throw new RangeError("expected files to merge, got none");
  const { schema } = parquetMetadata(bufferOf(first));
  const rows: ParquetRow[] = [];
  for (const object of objects) rows.push(...(await readRows(object)));
  return write(schema, rows.toSorted(compareBy(sortBy)));
}

/** Maps are read as the lists of entries that they are stored as: an object would lose their order and some names. */
async function readRows(object: Uint8Array): Promise<readonly ParquetRow[]> {
  const bytes = bufferOf(object);
  const metadata = parquetMetadata(bytes);
  const schema = metadata.schema.map((element) =>
    element.converted_type === "MAP" ? withoutConversion(element) : element,
  );
  const file = { byteLength: bytes.byteLength, slice: (start: number, end?: number) => bytes.slice(start, end) };
  const rows = await parquetReadObjects({ file, metadata: { ...metadata, schema }, parsers: PARSERS });
  const columns = treeOf(metadata.schema).children;
  return rows.map((row) =>
    Object.fromEntries(columns.map((column) => [column.name, writable(column, row[column.name])])),
  );
}

function withoutConversion({ converted_type, ...element }: SchemaElement): SchemaElement {
  return element;
}

/** An element of a schema with those below it. */
interface Branch {
  readonly name: string;
  readonly kind: SchemaElement["converted_type"];
  readonly children: readonly Branch[];
}

/** Makes a tree of elements that stand before those below them. */
function treeOf(schema: readonly SchemaElement[]): Branch {
  let at = 0;
  const next = (): Branch => {
    const { name = "", num_children = 0, converted_type: kind } = schema[at++] ?? {};
    return { name, kind, children: Array.from({ length: num_children }, next) };
  };
  return next();
}

type Entries = { readonly key_value: readonly { readonly key: string; readonly value: unknown }[] };

/** Makes of what was read what the writer wants. */
function writable({ kind, children }: Branch, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  const [inner] = children;
  if (inner === undefined) return value;
  if (kind === "MAP") return mapOf(inner, value as Entries);
  if (kind === "LIST") return (value as readonly unknown[]).map((item) => writable(inner.children[0] ?? inner, item));
  const fields = value as ParquetRow;
  return Object.fromEntries(children.map((child) => [child.name, writable(child, fields[child.name])]));
}

function mapOf({ children }: Branch, { key_value }: Entries): ReadonlyMap<string, unknown> {
  const [, inner] = children;
  return new Map(key_value.map(({ key, value }) => [key, inner === undefined ? value : writable(inner, value)]));
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer {
  return (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
}

/** Rows without a value come first. */
function compareBy(columns: readonly string[]): (left: ParquetRow, right: ParquetRow) => number {
  return (left, right) => {
    const column = columns.find((name) => left[name] !== right[name]);
    if (column === undefined) return 0;
    const [one, other] = [left[column], right[column]] as (string | bigint | null)[];
    if (one == null || other == null) return other == null ? 1 : -1;
    return one < other ? -1 : Number(one > other);
  };
}

function write(schema: SchemaElement[], rows: readonly ParquetRow[]): Uint8Array {
  const writer = new ByteWriter();
  const file = new ParquetWriter({ writer, schema, createdBy: "event-shield" });
  const columnData = treeOf(schema).children.map(({ name }) => ({ name, data: rows.map((row) => row[name]) }));
  if (rows.length > 0) file.write({ columnData, rowGroupSize: rows.length });
  file.finish();
  return writer.getBytes();
}
