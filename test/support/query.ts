import { DuckDBInstance } from "@duckdb/node-api";

/** Runs SQL in a DuckDB of its own and returns the rows as JSON values: big numbers are text. */
export async function query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
