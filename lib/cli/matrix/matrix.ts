import { CLASSES } from "#plan";
import type { CellInfo, MatrixRow, Policy } from "#policy";
import { groupCells } from "#policy/matrix/group-cells";
import { findExceptions, standingOf } from "#policy/matrix/standing";
import type { Paint } from "../terminal/paint.ts";
import { renderTable } from "../terminal/table.ts";
import { describeCell, describeOrigin } from "./decision-words.ts";

/** Renders every cell: a table per schema, a column per processor; schemas that nobody takes are listed last. */
export function renderEveryCell({ matrix, processors }: Policy, paint: Paint): string {
  const schemas = bySchema(matrix);
  const taken = schemas.filter(([, rows]) => rows.some(isTaken));
  const idle = schemas.filter((schema) => !taken.includes(schema)).map(([schema]) => schema);
  const tables = taken.map(([schema, rows]) => `${paint.bold(schema)}\n${renderRows(rows, processors)}`);
  return [...tables, ...(idle.length > 0 ? [`taken by no processor: ${idle.join(", ")}\n`] : [])].join("\n");
}

function renderRows(rows: readonly MatrixRow[], processors: readonly string[]): string {
  const columns = ["path", "is", ...processors].map((title) => ({ title }));
  return renderTable(
    columns,
    rows.map((row) => [nameRow(row), describe(row), ...processors.map((name) => showCell(row.cells[name]))]),
  );
}

/** A schema is taken when some cell says more than that secrets are dropped everywhere. */
function isTaken({ cells }: MatrixRow): boolean {
  return Object.values(cells).some(({ origin }) => origin.rule !== "not_subscribed" && origin.rule !== "secret");
}

/** Renders the defaults of each processor, and below them who decided otherwise, for which field, and where. */
export function renderExceptions({ matrix, processors }: Policy, paint: Paint): string {
  const exceptions = bySchema(matrix)
    .map(([schema, rows]) => [schema, rows.flatMap((row) => listExceptions(row, processors))] as const)
    .filter(([, cells]) => cells.length > 0)
    .map(([schema, cells]) => `${paint.bold(schema)}\n${renderTable(EXCEPTION_COLUMNS, cells)}`);
  return [`${paint.bold("defaults")}\n${renderDefaults(matrix, processors)}`, ...exceptions].join("\n");
}

const EXCEPTION_COLUMNS = ["path", "is", "processors", "decision", "why"].map((title) => ({ title }));

/** What each processor sees of a class and kind where no field says otherwise; `-` where no field of it needs a default. */
function renderDefaults(matrix: readonly MatrixRow[], processors: readonly string[]): string {
  const defaults = new Map<string, { readonly row: MatrixRow; readonly cells: Map<string, string> }>();
  for (const row of matrix) {
    const ofKind = defaults.get(describe(row)) ?? { row, cells: new Map() };
    for (const [name, cell] of Object.entries(row.cells)) {
      if (standingOf(cell) === "default") ofKind.cells.set(name, describeCell(cell));
    }
    if (ofKind.cells.size > 0) defaults.set(describe(row), ofKind);
  }
  const columns = ["class and kind", ...processors].map((title) => ({ title }));
  const kinds = [...defaults.values()].sort((a, b) => byClass(a.row, b.row));
  return renderTable(
    columns,
    kinds.map(({ row, cells }) => [describe(row), ...processors.map((name) => cells.get(name) ?? "-")]),
  );
}

/** From the least sensitive class to the most. */
function byClass(a: MatrixRow, b: MatrixRow): number {
  return CLASSES.indexOf(a.classification) - CLASSES.indexOf(b.classification) || (a.kind < b.kind ? -1 : 1);
}

/** One line per decision: processors that share it stand together. */
function listExceptions(row: MatrixRow, processors: readonly string[]): readonly (readonly string[])[] {
  return groupCells(row, findExceptions(row, processors), describeOrigin).map(({ processors: names, cell, reason }) => [
    nameRow(row),
    describe(row),
    names.join(", "),
    describeCell(cell),
    reason,
  ]);
}

function showCell(cell: CellInfo | undefined): string {
  return cell === undefined || cell.origin.rule === "not_subscribed" ? "-" : describeCell(cell);
}

function nameRow({ path, types }: MatrixRow): string {
  return types === undefined ? path : `${path} (${types.join(", ")})`;
}

function describe({ classification, kind }: MatrixRow): string {
  return `${classification} ${kind}`;
}

function bySchema(matrix: readonly MatrixRow[]): readonly (readonly [string, readonly MatrixRow[]])[] {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of matrix) groups.set(row.schema, [...(groups.get(row.schema) ?? []), row]);
  return [...groups];
}
