import type { Class, Kind, Role } from "#plan";
import type { MatrixRow } from "#policy";
import { type EventKind, indexMatrix } from "./matrix-rows.ts";

/**
 * Who is erased, and what is about them: said a second time from the rows of the matrix, in words of its own. Nothing here
 * calls the engine, the compiler's reading of rows, or the feeds.
 */

/** Makes what finds where events of a type name people by an id, and in which role. */
export function createPeopleFinder(
  matrix: readonly MatrixRow[],
): (event: Pick<EventKind, "schema"> & Partial<EventKind>) => ReadonlyMap<string, Role> {
  const rows = indexMatrix(matrix);
  const known = new Map<string, ReadonlyMap<string, Role>>();
  return ({ schema, type = "" }) => {
    const name = `${schema} ${type}`;
    const naming = known.has(name) ? [] : rows.below({ schema, type }, "").filter(namesPerson);
    const people = known.get(name) ?? new Map(naming.map(({ path, about = "TARGET" }) => [path, about]));
    known.set(name, people);
    return people;
  };
}

function namesPerson({ kind, notAPerson }: MatrixRow): boolean {
  return kind === "SUBJECT_ID" && !notAPerson;
}

/** An event whose people are erased in some roles. */
export interface ErasedEvent {
  readonly blueprint: { readonly people: ReadonlyMap<string, Role> };
  readonly erased: readonly Role[];
  /** What stands at each path. */
  readonly values: ReadonlyMap<string, readonly { readonly text: string }[]>;
}

/** The ids of an event's people in the roles that are erased, as a vault knows them: without the prefix of database users. */
export function erasedIds({ blueprint, erased, values }: ErasedEvent): readonly string[] {
  const paths = [...blueprint.people].filter(([, role]) => erased.includes(role)).map(([path]) => path);
  const texts = paths.flatMap((path) => (values.get(path) ?? []).map(({ text }) => text));
  return texts.map((text) => (/^auth0\|[^|]+$/.test(text) ? text.slice("auth0|".length) : text));
}

/** Classes of what is about a person, whatever its kind. */
const ABOUT_PEOPLE: readonly Class[] = ["PII", "SENSITIVE_PII"];
/** Kinds whose values can be about anybody. */
const ANYBODYS: readonly Kind[] = ["FREE_TEXT", "OPEN_OBJECT"];

/** Tells whether a field holds, or could hold, something about people who are erased in these roles. */
export function isAboutErased(row: MatrixRow, erased: readonly Role[]): boolean {
  const { classification, kind, about, notAPerson } = row;
  if (classification === "CUSTOMER_CONTENT" || ANYBODYS.includes(kind)) return erased.length > 0;
  const isPersonal =
    ABOUT_PEOPLE.includes(classification) ||
    kind === "SUBJECT_ID" ||
    (classification === "IDENTIFIER" && about !== undefined);
  return isPersonal && !notAPerson && erased.includes(about ?? "TARGET");
}
