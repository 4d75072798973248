import type { Path } from "#plan";
import { type ByteRange, type MemberPlace, membersOf, rootOf, textAt, trimSpace } from "./places.ts";

/** Finds values in one record by their path; objects are opened as they are needed, each once. */
export interface RecordView {
  /** The record's JSON without the space around it. */
  readonly bytes: Uint8Array;
  /** The value at the path; the first one where a name is repeated. */
  find(path: Path): ByteRange | undefined;
  /** The text of the string at the path (or of the number, if `orNumber`), unless it is empty. */
  findText(path: Path, options?: { readonly orNumber: boolean }): string | undefined;
  /** Tells whether a step of the path has rivals: its object names it more than once. */
  isAmbiguous(path: Path): boolean;
  /** Tells whether the object at the path names any member more than once. */
  hasRepeatedNames(path: Path): boolean;
}

interface Fields {
  readonly byName: ReadonlyMap<string, ByteRange>;
  readonly repeated: ReadonlySet<string>;
}

const NO_FIELDS: Fields = { byName: new Map(), repeated: new Set() };

/** Opens a record that is known to be JSON. */
export function viewRecord(json: Uint8Array): RecordView {
  const bytes = trimSpace(json);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const root = rootOf(bytes);
  const opened = new Map<number, Fields>();

  function fieldsOf(place: ByteRange | undefined): Fields {
    if (place?.kind !== "object") return NO_FIELDS;
    const fields = opened.get(place.start) ?? indexMembers(membersOf(buffer, place));
    opened.set(place.start, fields);
    return fields;
  }
  function find(path: Path): ByteRange | undefined {
    return path.reduce<ByteRange | undefined>((place, name) => fieldsOf(place).byName.get(name), root);
  }
  function isAmbiguous(path: Path): boolean {
    let place: ByteRange | undefined = root;
    for (const name of path) {
      const { byName, repeated } = fieldsOf(place);
      if (repeated.has(name)) return true;
      place = byName.get(name);
    }
    return false;
  }
  return {
    bytes,
    find,
    findText(path, { orNumber } = { orNumber: false }) {
      const place = find(path);
      if (place?.kind !== "string" && !(orNumber && place?.kind === "number")) return undefined;
      return textAt(buffer, place) || undefined;
    },
    isAmbiguous,
    hasRepeatedNames: (path) => fieldsOf(find(path)).repeated.size > 0,
  };
}

function indexMembers(members: readonly MemberPlace[]): Fields {
  const byName = new Map<string, ByteRange>();
  const repeated = new Set<string>();
  for (const { name, place } of members) {
    if (byName.has(name)) repeated.add(name);
    else byName.set(name, place);
  }
  return { byName, repeated };
}
