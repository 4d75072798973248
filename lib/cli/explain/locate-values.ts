import { type JsonKind, type JsonObject, type JsonValue, joinPath } from "#json";
import type { MatrixRow } from "#policy";

/** The values of an event at one path of its schema. */
export interface Located {
  readonly path: string;
  /** The row that decides them; absent = nobody declared such a field. */
  readonly row?: MatrixRow;
  /** In the order of the event. */
  readonly values: readonly JsonValue[];
  /** Names of undeclared members; they can be data. */
  readonly names: readonly string[];
}

/** Sorts the values of an event by the path that decides them, in the order in which the event names them. */
export function locateValues(root: JsonValue, rows: readonly MatrixRow[]): readonly Located[] {
  const found = new Map<string, Located & { values: JsonValue[]; names: string[] }>();
  const note: Note = ({ path, row, name }, value) => {
    const located = found.get(path) ?? { path, ...(row && { row }), values: [], names: [] };
    located.values.push(value);
    if (name !== undefined) located.names.push(name);
    found.set(path, located);
  };
  visit(root, plant(rows), "", note);
  return [...found.values()];
}

/** The JSON types of values, each once. */
export function kindsOf(values: readonly JsonValue[]): readonly JsonKind[] {
  return [...new Set(values.map(({ kind }) => kind))];
}

type Note = (place: { path: string; row?: MatrixRow | undefined; name?: string }, value: JsonValue) => void;

/** The declared paths below a place; a map's values stand under `{}`, a list's elements under `[]`. */
interface Branch {
  row?: MatrixRow;
  readonly steps: Map<string, Branch>;
}

function plant(rows: readonly MatrixRow[]): Branch {
  const root: Branch = { steps: new Map() };
  for (const row of rows) {
    let branch = root;
    for (const step of row.path.split(/\.|(?=\[\])|(?=\{\})/)) {
      const next = branch.steps.get(step) ?? { steps: new Map() };
      branch.steps.set(step, next);
      branch = next;
    }
    branch.row = row;
  }
  return root;
}

function visit(value: JsonValue, branch: Branch, path: string, note: Note): void {
  const items = branch.steps.get("[]");
  if (branch.steps.size === 0) note({ path, row: branch.row }, value);
  else if (value.kind === "object" && items === undefined) visitMembers(value, branch, path, note);
  else if (value.kind === "array" && items !== undefined)
    for (const item of value.items) visit(item, items, `${path}[]`, note);
  else note({ path, row: branch.row }, value);
}

function visitMembers({ members }: JsonObject, branch: Branch, path: string, note: Note): void {
  const entries = branch.steps.get("{}");
  for (const { name, value } of members) {
    const step = branch.steps.get(name);
    if (step !== undefined) visit(value, step, joinPath(path, name), note);
    else if (entries !== undefined) visit(value, entries, `${path}{}`, note);
    else note({ path: joinPath(path, "(undeclared)"), name }, value);
  }
}
