import type { LeafDecision } from "../decide/decide-leaves.ts";
import type { SchemaDecision } from "../decide/decide-schema.ts";
import type { CellDecision } from "../decide/question.ts";
import type { CellInfo, MatrixRow } from "../policy.ts";
import { treatmentOf } from "./treatment.ts";

/** Writes the rows of a schema: one for each path, and one more for each variant that decides the path differently. */
export function rowsOf({ schema, variants }: SchemaDecision): readonly MatrixRow[] {
  const rows = variants.flatMap(({ variant, leaves }) =>
    leaves.map((leaf): MatrixRow => {
      const types = variant.isDefault ? {} : { types: variant.types };
      return {
        schema: schema.name,
        path: leaf.leaf.path,
        ...types,
        ...describe(leaf),
        channel: leaf.leaf.isKey ? "map_key" : "payload",
      };
    }),
  );
  return (variants.length > 1 ? withoutRepetitions(rows) : rows).sort(byPathAndTypes);
}

/** Leaves out rows for some types that say the same as the row for all others. */
function withoutRepetitions(rows: readonly MatrixRow[]): MatrixRow[] {
  const general = rows.filter(({ types }) => types === undefined);
  const contents = new Map(general.map((row) => [row.path, contentOf(row)]));
  return rows.filter((row) => row.types === undefined || contents.get(row.path) !== contentOf(row));
}

/** What a row says, apart from the types it says it of. */
function contentOf({ types: _types, ...content }: MatrixRow): string {
  return JSON.stringify(content);
}

function describe({ classification, cells }: LeafDecision): Omit<MatrixRow, "schema" | "path" | "types" | "channel"> {
  const { class: fieldClass, kind, about, notAPerson, alias } = classification;
  return {
    classification: fieldClass,
    kind,
    ...(about !== undefined && { about }),
    ...(notAPerson && { notAPerson }),
    ...(alias && { alias }),
    cells: Object.fromEntries([...cells].map(([name, decision]) => [name, cellInfo(decision)])),
  };
}

function cellInfo(decision: CellDecision): CellInfo {
  const { ops, rule, how, place, outputs = [] } = decision;
  return {
    ...treatmentOf(ops),
    origin: { rule, how, ...place },
    ...(outputs.length > 1 && {
      outputs: outputs.map(({ field, decision: own }) => ({ field: field.wireName, ...treatmentOf(own.ops) })),
    }),
  };
}

function byPathAndTypes(a: MatrixRow, b: MatrixRow): number {
  const keyOf = ({ path, types = [] }: MatrixRow) => `${path}\u0000${types.join("\u0000")}`;
  return keyOf(a) < keyOf(b) ? -1 : 1;
}
