import { CLASSES, describeOps, type Plan } from "#plan";
import { findExceptions, groupCells, type MatrixRow, type Policy, standingOf, TRANSPORT } from "#policy";
import { code, table } from "./markdown.ts";

/**
 * Renders a policy as Markdown for a reviewer: where each processor's data goes, what the defaults do to each class and
 * kind, what is decided otherwise for one field, and what leaves beside the fields.
 */
export function renderMatrix({ matrix, plans, processors }: Policy): string {
  const fields = matrix.filter(({ schema }) => schema !== TRANSPORT);
  const transport = matrix.filter(({ schema }) => schema === TRANSPORT);
  return [
    "## Processors",
    table(["processor", "sink", "mode", "tier", "region", "retention"], plans.map(processorRow)),
    "## By class and kind",
    table(["class", "kind", "fields", ...processors], defaultRows(fields, processors)),
    "## Decided one by one",
    table(
      ["schema", "path", "is", "processors", "decision", "why"],
      fields.flatMap((row) => exceptionRows(row, processors)),
    ),
    "## Beside the fields",
    table(
      ["value", "is", "processors", "what is done", "how"],
      transport.flatMap((row) => transportTableRows(row, processors)),
    ),
  ].join("\n\n");
}

function processorRow({ processor, delivery }: Plan): readonly string[] {
  const { sink, mode, tier, region, retentionDays } = delivery;
  return [
    code(processor),
    sink,
    mode,
    tier,
    region,
    retentionDays === undefined ? "no limit" : `${retentionDays} days`,
  ];
}

function defaultRows(rows: readonly MatrixRow[], processors: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    const key = `${CLASSES.indexOf(row.classification)} ${row.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([, group]) => {
    const { classification = "", kind = "" } = group[0] ?? {};
    return [classification, kind, `${group.length}`, ...processors.map((name) => defaultOf(group, name))];
  });
}

/** What the defaults of a processor do to all fields of a class and kind; `-` where they serve none. */
function defaultOf(rows: readonly MatrixRow[], processor: string): string {
  const cells = rows.flatMap(({ cells: { [processor]: cell } }) => (cell === undefined ? [] : [cell]));
  const served = cells.find((cell) => standingOf(cell) === "default");
  return served === undefined ? "-" : code(describeOps(served.transforms));
}

function exceptionRows(row: MatrixRow, processors: readonly string[]): readonly (readonly string[])[] {
  const path = row.types === undefined ? code(row.path) : `${code(row.path)} (${row.types.join(", ")})`;
  return cellColumns(row, findExceptions(row, processors)).map((columns) => [
    code(row.schema),
    path,
    `${row.classification} ${row.kind}`,
    ...columns,
  ]);
}

function transportTableRows(row: MatrixRow, processors: readonly string[]): readonly (readonly string[])[] {
  const sending = processors.filter((name) => row.cells[name]?.reveals.length !== 0);
  return cellColumns(row, sending).map((columns) => [code(row.path), `${row.classification} ${row.kind}`, ...columns]);
}

function cellColumns(row: MatrixRow, names: readonly string[]): readonly (readonly string[])[] {
  return groupCells(row, names, ({ how }) => how).map(({ processors, cell, reason }) => [
    processors.join(", "),
    code(describeOps(cell.transforms)),
    reason,
  ]);
}
