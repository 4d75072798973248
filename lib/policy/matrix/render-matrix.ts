import { CLASSES, describeOps, type Plan } from "#plan";
import { type CellInfo, type MatrixRow, type OriginRule, type Policy, TRANSPORT } from "../policy.ts";

/** Rules by which somebody decided for one field; every other rule follows from what the field is. */
const EXCEPTIONS: readonly OriginRule[] = ["overlay", "output_field", "field", "enclosing_field"];

/** Rules that say the same of every field of a class and kind. */
const DEFAULTS: readonly OriginRule[] = ["secret", "catch_all", "kind_default", "class_default"];

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
  const served = cells.find(({ origin }) => DEFAULTS.includes(origin.rule));
  return served === undefined ? "-" : code(describeOps(served.transforms));
}

function isException({ origin }: CellInfo): boolean {
  return EXCEPTIONS.includes(origin.rule);
}

function exceptionRows(row: MatrixRow, processors: readonly string[]): readonly (readonly string[])[] {
  const path = row.types === undefined ? code(row.path) : `${code(row.path)} (${row.types.join(", ")})`;
  return groupCells(
    row,
    processors.filter((name) => row.cells[name] && isException(row.cells[name])),
  ).map((group) => [code(row.schema), path, `${row.classification} ${row.kind}`, ...group]);
}

function transportTableRows(row: MatrixRow, processors: readonly string[]): readonly (readonly string[])[] {
  const sending = processors.filter((name) => row.cells[name]?.reveals.length !== 0);
  return groupCells(row, sending).map((group) => [code(row.path), `${row.classification} ${row.kind}`, ...group]);
}

/** Processors that share a decision and its reason stand together. */
function groupCells({ cells }: MatrixRow, names: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, { readonly names: string[]; readonly decision: string; readonly how: string }>();
  for (const name of names) {
    const cell = cells[name];
    if (cell === undefined) continue;
    const [decision, how] = [describeOps(cell.transforms), cell.origin.how];
    const group = groups.get(`${decision}\n${how}`) ?? { names: [], decision, how };
    group.names.push(name);
    groups.set(`${decision}\n${how}`, group);
  }
  return [...groups.values()].map((group) => [group.names.join(", "), code(group.decision), group.how]);
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "None.";
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
}
