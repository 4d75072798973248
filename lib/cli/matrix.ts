import type { CellInfo, MatrixRow, OriginRule, Policy } from "#policy";
import { describeCell, describeOrigin } from "./decision-words.ts";
import type { Paint } from "./paint.ts";
import { renderTable } from "./table.ts";

/**
 * What the reader of a matrix is shown of a cell: a default is a rule of the processor for a class or kind, an exception
 * was decided for this very field, and the rest follows from what the field or the processor is.
 */
const SHOWN_AS: Readonly<Record<OriginRule, "default" | "exception" | "consequence">> = {
  secret: "consequence",
  overlay: "exception",
  output_field: "exception",
  not_in_output: "consequence",
  field: "exception",
  enclosing_field: "exception",
  previous_object: "consequence",
  catch_all: "consequence",
  open_objects: "consequence",
  kind_default: "default",
  class_default: "default",
  not_subscribed: "consequence",
  transport: "consequence",
};

/** Renders every cell: a table per schema, a column per processor; schemas that nobody takes are listed last. */
export function renderMatrix({ matrix, processors }: Policy, paint: Paint): string {
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
  const defaults = new Map<string, Map<string, string>>();
  for (const row of matrix) {
    for (const [name, cell] of Object.entries(row.cells)) {
      if (SHOWN_AS[cell.origin.rule] !== "default") continue;
      const ofKind = defaults.get(describe(row)) ?? new Map<string, string>();
      defaults.set(describe(row), ofKind.set(name, describeCell(cell)));
    }
  }
  const kinds = [...defaults].sort(([a], [b]) => (a < b ? -1 : 1));
  const columns = ["class and kind", ...processors].map((title) => ({ title }));
  return renderTable(
    columns,
    kinds.map(([kind, cells]) => [kind, ...processors.map((name) => cells.get(name) ?? "-")]),
  );
}

/** One line per decision: processors that share it stand together. */
function listExceptions(row: MatrixRow, processors: readonly string[]): readonly (readonly string[])[] {
  const lines = new Map<string, { names: string[]; decision: string; why: string }>();
  for (const name of processors) {
    const cell = row.cells[name];
    if (cell === undefined || SHOWN_AS[cell.origin.rule] !== "exception") continue;
    const [decision, why] = [describeCell(cell), describeOrigin(cell.origin)];
    const line = lines.get(`${decision}\n${why}`) ?? { names: [], decision, why };
    line.names.push(name);
    lines.set(`${decision}\n${why}`, line);
  }
  return [...lines.values()].map(({ names, decision, why }) => [
    nameRow(row),
    describe(row),
    names.join(", "),
    decision,
    why,
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
