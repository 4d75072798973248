import type { MatrixRow } from "#policy";
import type { Spot } from "../canaries/spot.ts";

/** Which event a decision is asked about. */
export type EventKind = Pick<Spot, "schema" | "type">;

/** Finds rows of the matrix. */
export interface MatrixRows {
  find(event: EventKind, path: string): MatrixRow | undefined;
  /** Rows at a path and inside it. */
  below(event: EventKind, path: string): readonly MatrixRow[];
}

export function indexMatrix(matrix: readonly MatrixRow[]): MatrixRows {
  const schemas = new Map(
    [...groupBy(matrix, ({ schema }) => schema)].map(([name, rows]) => [name, indexSchema(rows)]),
  );
  return {
    find: ({ schema, type }, path) => schemas.get(schema)?.find(type, path),
    below: ({ schema, type }, path) => schemas.get(schema)?.below(type, path) ?? [],
  };
}

/** The rows of one schema. */
interface SchemaRows {
  find(type: string, path: string): MatrixRow | undefined;
  below(type: string, path: string): readonly MatrixRow[];
}

function indexSchema(rows: readonly MatrixRow[]): SchemaRows {
  const byPath = groupBy(rows, ({ path }) => path);
  const known = new Map<string, readonly MatrixRow[]>();
  const find = (type: string, path: string) => chooseRow(type, byPath.get(path) ?? []);
  return {
    find,
    below(type, path) {
      const name = `${type} ${path}`;
      const below =
        known.get(name) ??
        [...byPath.keys()].filter((each) => isAt(each, path)).flatMap((each) => find(type, each) ?? []);
      known.set(name, below);
      return below;
    },
  };
}

/** A row that names the type comes before the one for every other type. */
function chooseRow(type: string, rows: readonly MatrixRow[]): MatrixRow | undefined {
  return rows.find(({ types }) => types?.includes(type)) ?? rows.find(({ types }) => types === undefined);
}

/** What follows the path of a container in the paths of what it holds. */
const INSIDE = [".", "[]", "{}", "{key}"];

function isAt(path: string, container: string): boolean {
  return container === "" || path === container || INSIDE.some((sign) => path.startsWith(container + sign));
}

function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(nameOf(item)) ?? [];
    group.push(item);
    groups.set(nameOf(item), group);
  }
  return groups;
}
