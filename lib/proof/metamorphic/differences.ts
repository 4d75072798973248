import { getMember, type JsonObject, type JsonValue, joinPath, parseJson, writeJson } from "#json";
import type { OutputTable, Shape, ShapeNode } from "#plan";

/** Where two payloads of one processor differ. */
export interface PayloadDifference {
  /** The path of the event that the value is taken from, as rows of the matrix are written. */
  readonly path: string;
  /** The field of an output message that holds it. */
  readonly field?: string;
}

/** What payloads look like. */
export interface ComparedPayload {
  readonly root: ShapeNode;
  readonly shapes: readonly Shape[];
  readonly output?: OutputTable;
}

const MAX_DEPTH = 65;

/** Lists the places where two payloads differ; a name that nobody declares differs at the object that has it. */
export function listDifferences(one: string, other: string, view: ComparedPayload): readonly PayloadDifference[] {
  if (one === other) return [];
  const [left, right] = [one, other].map((payload) =>
    parseJson(Buffer.from(payload, "latin1").toString(), { maxDepth: MAX_DEPTH }),
  );
  if (left === undefined || right === undefined || "problem" in left || "problem" in right) return [{ path: "" }];
  const found: PayloadDifference[] = [];
  const note = (difference: PayloadDifference) => found.push(difference);
  if (view.output === undefined)
    compare(left.value, right.value, { node: view.root, path: "", shapes: view.shapes, note });
  else compareDocuments(left.value, right.value, view.output, note);
  return found.length > 0 ? found : [{ path: "" }];
}

type Note = (difference: PayloadDifference) => void;

interface At {
  readonly node: ShapeNode | undefined;
  readonly path: string;
  readonly shapes: readonly Shape[];
  readonly note: Note;
}

function compare(left: JsonValue | undefined, right: JsonValue | undefined, at: At): void {
  const { node, path, shapes, note } = at;
  if (isSame(left, right)) return;
  if (node?.node === "list" && left?.kind === "array" && right?.kind === "array") {
    const length = Math.max(left.items.length, right.items.length);
    for (let index = 0; index < length; index++) {
      compare(left.items[index], right.items[index], { ...at, node: node.item, path: `${path}[]` });
    }
  } else if (node?.node === "map" && left?.kind === "object" && right?.kind === "object") {
    const names = (object: JsonObject) => object.members.map(({ name }) => name).join("\0");
    if (names(left) !== names(right)) note({ path: `${path}{key}` });
    compareMembers(left, right, () => ({ ...at, node: node.value, path: `${path}{}` }));
  } else if (node?.node === "message" && left?.kind === "object" && right?.kind === "object") {
    const fields = shapes[node.shape]?.fields ?? [];
    compareMembers(left, right, (name) => {
      const field = fields.find((each) => each.name === name);
      return field ? { ...at, node: field.node, path: joinPath(path, name) } : { ...at, node: undefined };
    });
  } else note({ path });
}

function compareMembers(left: JsonObject, right: JsonObject, atOf: (name: string) => At): void {
  const names = new Set([...left.members, ...right.members].map(({ name }) => name));
  for (const name of names) compare(getMember(left, name), getMember(right, name), atOf(name));
}

function compareDocuments(left: JsonValue, right: JsonValue, { fields }: OutputTable, note: Note): void {
  if (left.kind !== "object" || right.kind !== "object") {
    note({ path: "" });
    return;
  }
  compareMembers(left, right, (name) => {
    const field = fields.find((each) => each.name === name);
    const path = field?.source?.join(".") ?? "";
    return { node: undefined, path, shapes: [], note: () => note({ path, field: name }) };
  });
}

function isSame(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return writeJson(left) === writeJson(right);
}
