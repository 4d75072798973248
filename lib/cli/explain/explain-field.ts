import { ConfigError, findNearMatch } from "#errors";
import type { MatrixRow } from "#policy";
import { describeField, renderDecisions } from "../matrix/decision-table.ts";
import type { Paint } from "../terminal/paint.ts";

/** How many schemas are named before the rest is counted. */
const NAMED = 6;

/**
 * Finds the rows of a path in every schema; where no path is written so, those that end with it.
 *
 * @throws {ConfigError} when no schema has such a path
 */
export function findRows(path: string, matrix: readonly MatrixRow[]): readonly MatrixRow[] {
  const exact = matrix.filter((row) => row.path === path);
  const found = exact.length > 0 ? exact : matrix.filter((row) => row.path.endsWith(`.${path}`));
  if (found.length > 0) return found;
  const near = findNearMatch(path, [...new Set(matrix.map((row) => row.path))]);
  const hint = near === undefined ? "shield check --matrix --all lists all paths" : `did you mean ${near}?`;
  throw new ConfigError(`expected the path of a field, got ${path}: ${hint}`);
}

/** Renders who sees what of the rows; schemas that decide alike are told together. */
export function renderRows(rows: readonly MatrixRow[], processors: readonly string[], paint: Paint): string {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    const key = `${row.path} ${describeField(row)}\n${renderDecisions(row, processors)}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => renderGroup(group, processors, paint)).join("\n");
}

function renderGroup(rows: readonly MatrixRow[], processors: readonly string[], paint: Paint): string {
  const [first] = rows;
  if (first === undefined) return "";
  const heading = `${paint.bold(first.path)}  ${describeField(first)}`;
  return `${heading}\n  in ${listSchemas(rows)}\n${renderDecisions(first, processors)}`;
}

function listSchemas(rows: readonly MatrixRow[]): string {
  const names = rows.map(({ schema, types }) => (types === undefined ? schema : `${schema} (${types.join(", ")})`));
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(", ")} and ${more} more` : names.join(", ");
}
