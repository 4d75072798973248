import { joinPath } from "#json";
import type { Cell, Shape, ShapeNode } from "#plan";

/** A place in one event. */
export interface EventPlace {
  /** As rows of the matrix are written. */
  readonly path: string;
  /** The same with positions instead of `[]`: once in each event. */
  readonly at: string;
  /** It stands under a key that its map does not allow. */
  readonly outcast?: true;
}

/** The key of a map's entry, as JSON. */
export interface MapKey {
  readonly json: string;
  /** The map allows it. */
  readonly fits: boolean;
}

export interface EventCellPlace extends EventPlace {
  readonly cell: Cell;
}

export interface EventObjectPlace extends EventPlace {
  /** Names that are declared in it. */
  readonly declared: readonly string[];
}

/** Says what is written at each place of an event; all texts are JSON. */
export interface Scribe {
  /** The value of a cell; undefined = left out. */
  value(place: EventCellPlace): string | undefined;
  /** Something in place of an object, list or map; undefined = what is declared there. */
  instead(place: EventPlace, isList: boolean): string | undefined;
  /** Members of an object beside those that are declared, as `"name":value`. */
  members(place: EventObjectPlace): readonly string[];
  /** Keys of a map, by the cell that decides about them. */
  keys(place: EventCellPlace, pattern: string | undefined): readonly MapKey[];
}

/** How many elements lists have: enough for an element to be forgotten. */
const ITEMS = 2;

/** Writes an event: every declared place once, lists with two elements. */
export function writeBody(
  { root, shapes }: { readonly root: ShapeNode; readonly shapes: readonly Shape[] },
  scribe: Scribe,
): string {
  return write(root, { path: "", at: "" }, { shapes, scribe }) ?? "{}";
}

interface Writing {
  readonly shapes: readonly Shape[];
  readonly scribe: Scribe;
}

function write(node: ShapeNode, place: EventPlace, writing: Writing): string | undefined {
  if (node.node === "leaf" || node.node === "open") return writing.scribe.value({ ...place, cell: node.cell });
  const instead = place.path === "" ? undefined : writing.scribe.instead(place, node.node === "list");
  if (instead !== undefined) return instead;
  if (node.node === "list") return writeList(node.item, place, writing);
  return node.node === "map" ? writeMap(node, place, writing) : writeObject(node.shape, place, writing);
}

function writeObject(shape: number, place: EventPlace, writing: Writing): string {
  const { fields } = writing.shapes[shape] ?? { fields: [] };
  const members = fields.flatMap(({ name, node }) => {
    const inner = { ...place, path: joinPath(place.path, name), at: joinPath(place.at, name) };
    const value = write(node, inner, writing);
    return value === undefined ? [] : [`${JSON.stringify(name)}:${value}`];
  });
  const more = writing.scribe.members({ ...place, declared: fields.map(({ name }) => name) });
  return `{${[...members, ...more].join(",")}}`;
}

function writeList(item: ShapeNode, place: EventPlace, writing: Writing): string {
  const items = Array.from({ length: ITEMS }, (_, index) =>
    write(item, { ...place, path: `${place.path}[]`, at: `${place.at}[${index}]` }, writing),
  );
  return `[${items.filter((text) => text !== undefined).join(",")}]`;
}

function writeMap(node: Extract<ShapeNode, { node: "map" }>, place: EventPlace, writing: Writing): string {
  const inside = { ...place, path: `${place.path}{}` };
  const ofKeys = { ...place, path: `${place.path}{key}`, cell: node.key };
  const members = writing.scribe.keys(ofKeys, node.keys).flatMap(({ json, fits }, index) => {
    const at = { ...inside, at: `${place.at}{${index}}`, ...(!fits && { outcast: true as const }) };
    const value = write(node.value, at, writing);
    return value === undefined ? [] : [`${json}:${value}`];
  });
  return `{${members.join(",")}}`;
}
