import type { Path } from "#plan";
import type { Malformed, MalformedCode } from "./envelope.ts";

/** Why a record is refused, and where; the empty path is the record itself. Paths hold declared names only. */
export interface RecordFault {
  readonly malformed: MalformedCode;
  readonly path: Path;
}

export function faultAt(path: Path, malformed: MalformedCode): RecordFault {
  return { malformed, path };
}

/** Makes of a fault what becomes of the record. */
export function refuse(body: Uint8Array, { malformed, path }: RecordFault): Malformed {
  return path.length === 0 ? { malformed, body } : { malformed, path: path.join("."), body };
}
