import type { MatrixRow, OriginRule } from "#policy";
import { describeCell, describeOrigin } from "./decision-words.ts";
import { renderTable } from "./table.ts";

const COLUMNS = ["processors", "decision", "reveals", "why"].map((title) => ({ title }));
const INDENT = "  ";
/** Rules of processors that take no part in a row: saying so in each would hide the others. */
const SILENT: ReadonlySet<OriginRule> = new Set(["not_subscribed"]);

/** Renders the cells of a row; processors with the same decision for the same reason share a line. */
export function renderDecisions({ cells }: Pick<MatrixRow, "cells">, processors: readonly string[]): string {
  const lines = new Map<string, { names: string[]; rest: readonly string[] }>();
  for (const name of processors) {
    const cell = cells[name];
    if (cell === undefined || SILENT.has(cell.origin.rule)) continue;
    const rest = [describeCell(cell), cell.reveals.join(" ") || "nothing", describeOrigin(cell.origin)];
    const line = lines.get(rest.join("\n")) ?? { names: [], rest };
    line.names.push(name);
    lines.set(rest.join("\n"), line);
  }
  const rows = [...lines.values()].map(({ names, rest }) => [names.join(", "), ...rest]);
  return rows.length === 0 ? `${INDENT}no processor takes it\n` : indent(renderTable(COLUMNS, rows));
}

/** What a field is: `PII EMAIL about TARGET`. */
export function describeField({ classification, kind, about }: MatrixRow): string {
  return `${classification} ${kind}${about === undefined ? "" : ` about ${about}`}`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, INDENT);
}
