/** A column of a table: its heading, and where its cells stand in it. */
export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
}

/** Renders rows under headings, columns two spaces apart and as wide as their widest cell. */
export function renderTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((cells) => [...(cells[index] ?? "")].length)));
  return lines.map((cells) => `${renderLine(columns, widths, cells).trimEnd()}\n`).join("");
}

function renderLine(columns: readonly TableColumn[], widths: readonly number[], cells: readonly string[]): string {
  return columns
    .map(({ align }, index) => {
      const cell = cells[index] ?? "";
      const space = " ".repeat(Math.max(0, (widths[index] ?? 0) - [...cell].length));
      return align === "right" ? space + cell : cell + space;
    })
    .join("  ");
}
