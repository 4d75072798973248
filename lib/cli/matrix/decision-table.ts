import type { MatrixRow, OriginRule } from "#policy";
import { groupCells } from "#policy/matrix/group-cells";
import { renderTable } from "../terminal/table.ts";
import { describeCell, describeOrigin } from "./decision-words.ts";

const COLUMNS = ["processors", "decision", "reveals", "why"].map((title) => ({ title }));
const INDENT = "  ";
/** Rules of processors that take no part in a row: saying so in each would hide the others. */
const SILENT: ReadonlySet<OriginRule> = new Set(["not_subscribed"]);

/** Renders the cells of a row; processors with the same decision for the same reason share a line. */
export function renderDecisions(row: Pick<MatrixRow, "cells">, processors: readonly string[]): string {
  const taking = processors.filter((name) => row.cells[name] && !SILENT.has(row.cells[name].origin.rule));
  const lines = groupCells(row, taking, describeOrigin).map(({ processors: names, cell, reason }) => [
    names.join(", "),
    describeCell(cell),
    cell.reveals.join(" ") || "nothing",
    reason,
  ]);
  return lines.length === 0 ? `${INDENT}no processor takes it\n` : indent(renderTable(COLUMNS, lines));
}

/** What a field is: `PII EMAIL about TARGET`. */
export function describeField({ classification, kind, about, notAPerson, alias }: MatrixRow): string {
  const whom = about === undefined ? [] : [`about ${about}`];
  const how = [...(alias ? ["(alias)"] : []), ...(notAPerson ? ["(no person)"] : [])];
  return [classification, kind, ...whom, ...how].join(" ");
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, INDENT);
}
