import { inflateRawSync } from "node:zlib";

const AVRO_MAGIC = Buffer.from("Obj\x01", "latin1");
const SYNC_BYTES = 16;
const PARQUET_MAGIC = Buffer.from("PAR1");

/** Takes the content out of a compressed file, so that it can be searched; undefined for any other bytes. */
export async function unpack(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.indexOf(AVRO_MAGIC) === 0) return unpackAvro(buffer);
  return buffer.indexOf(PARQUET_MAGIC) === 0 ? unpackParquet(buffer) : undefined;
}

/** The one block of a container: behind the header's sync marker, two lengths of variable size before it. */
function unpackAvro(file: Buffer): Uint8Array | undefined {
  const sync = file.subarray(-SYNC_BYTES);
  const start = file.indexOf(sync) + SYNC_BYTES;
  if (start >= file.length) return undefined;
  return inflateRawSync(file.subarray(behindNumber(file, behindNumber(file, start)), -SYNC_BYTES));
}

const MORE_FOLLOWS = 0x80;

function behindNumber(file: Buffer, start: number): number {
  let at = start;
  while (((file[at] ?? 0) & MORE_FOLLOWS) !== 0) at++;
  return at + 1;
}

async function unpackParquet(file: Buffer): Promise<Uint8Array> {
  const { parquetReadObjects } = await import("hyparquet");
  const copy = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
  const rows = await parquetReadObjects({ file: copy });
  const text = JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? value.toString() : value));
  return Buffer.from(text);
}
