import {
  type Cell,
  type ColumnType,
  ENVELOPE_NAME,
  type EnvelopeField,
  hasColumns,
  isAboutAnybody,
  kindFacts,
  type Matcher,
  mapsFields,
  type OutputField,
  type Patterns,
  type Plan,
  type Route,
  type Shape,
  type ShapeId,
  type ShapeNode,
} from "#plan";
import { type Apply, leavesNothing, prepareChain } from "#transforms";
import { createReadValue, type ReadValue } from "./read-value.ts";

/** A plan made ready: patterns compiled, transforms' parameters read, shapes joined. */
export interface LinkedPlan {
  readonly plan: Plan;
  /** What may stand at the root of a route's events; absent where the plan says nothing of their inside. */
  readonly roots: ReadonlyMap<Route, LinkedObject>;
  /** What becomes of what the events of a route say of themselves. */
  readonly envelopes: ReadonlyMap<Route, LinkedEnvelope>;
  /** The output table's fields, in its order; absent = the event's own structure. */
  readonly output?: readonly LinkedField[];
}

export type LinkedEnvelope = Readonly<Partial<Record<EnvelopeField, LinkedCell>>>;

export interface LinkedField extends OutputField {
  readonly place: LinkedCell;
}

/** What may stand at a place, and what becomes of it. */
export type LinkedNode = LinkedCell | LinkedObject | LinkedMap | LinkedList;

interface LinkedFacts {
  /** No cell here or below lets a value through, so that not even an empty container is left. */
  readonly leavesNothing: boolean;
  /** A cell here or below treats its value, or a field is required: even a plan that keeps everything looks inside. */
  readonly isInspected: boolean;
  /** A value here or below names people. */
  readonly namesPeople: boolean;
}

export interface LinkedCell extends LinkedFacts {
  readonly place: "cell";
  readonly cell: Cell;
  /** Its values can be about anybody whom the event names. */
  readonly isAnybodys: boolean;
  /** Applies the cell's transforms. */
  readonly treat: Apply;
  readonly read: ReadValue;
}

export interface LinkedObject extends LinkedFacts {
  readonly place: "object";
  readonly fields: ReadonlyMap<string, LinkedNode>;
  /** Names of fields without which the event is rejected, in the shape's order. */
  readonly required: readonly string[];
}

export interface LinkedMap extends LinkedFacts {
  readonly place: "map";
  readonly key: LinkedCell;
  readonly value: LinkedNode;
  hasKey(name: string): boolean;
}

export interface LinkedList extends LinkedFacts {
  readonly place: "list";
  readonly item: LinkedNode;
}

/**
 * Makes a plan ready.
 *
 * Throws on a plan that no compiler of this version makes: unknown transforms, missing shapes, a field in the metadata's
 * place.
 */
export function linkPlan(plan: Plan, patterns?: Patterns): LinkedPlan {
  const { shapeOf } = createLinker(plan, patterns);
  const roots = new Map<Route, LinkedObject>();
  for (const route of plan.routes) {
    if (route.root !== undefined) roots.set(route, shapeOf(route.root));
    else if (route.subscribed && plan.source === "fields") fail(`the fields of ${route.schema}`);
  }
  if (plan.delivery.envelope.length > 0 && !hasColumns(plan.delivery)) checkEnvelopeName(plan, roots);
  const output = plan.output?.fields.map((field) => ({ ...field, place: linkCell(field.cell, field.column) }));
  const envelopes = new Map(plan.routes.map((route) => [route, linkEnvelope(route)]));
  return { plan, roots, envelopes, ...(output && { output }) };
}

function linkEnvelope({ envelope = {} }: Route): LinkedEnvelope {
  return Object.fromEntries(Object.entries(envelope).map(([field, cell]) => [field, linkCell(cell)]));
}

function checkEnvelopeName({ output }: Plan, roots: LinkedPlan["roots"]): void {
  const isTaken = output
    ? output.fields.some(({ name }) => name === ENVELOPE_NAME)
    : [...roots.values()].some(({ fields }) => fields.has(ENVELOPE_NAME));
  if (isTaken) fail(`no root field of the name ${ENVELOPE_NAME}, since it carries the envelope,`);
}

interface Linker {
  shapeOf(id: ShapeId): LinkedObject;
  /** Links the cell of a value that keeps its place. */
  cellOf(cell: Cell): LinkedCell;
  compile(pattern: string): Matcher;
}

/** Links each shape once, however many places have it. */
function createLinker({ shapes, delivery }: Plan, patterns: Patterns | undefined): Linker {
  const linked = new Map<ShapeId, LinkedObject>();
  const linker: Linker = {
    shapeOf(id) {
      const place = linked.get(id) ?? linkShape(shapes[id] ?? fail(`shape ${id}`), linker);
      linked.set(id, place);
      return place;
    },
    // An index of typed fields takes a time in one spelling.
    cellOf: (cell) => (mapsFields(delivery) && isKeptTime(cell) ? linkCell(cell, "TIMESTAMP") : linkCell(cell)),
    compile(pattern) {
      if (patterns === undefined)
        throw new Error("expected what matches patterns, got none; await loadPatterns(plans)");
      return patterns.compile(pattern);
    },
  };
  return linker;
}

function linkShape({ fields }: Shape, linker: Linker): LinkedObject {
  const places = new Map(fields.map(({ name, node }) => [name, linkNode(node, linker)]));
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const facts = factsOfAll([...places.values()]);
  return {
    place: "object",
    leavesNothing: facts.leavesNothing,
    isInspected: facts.isInspected || required.length > 0,
    namesPeople: facts.namesPeople,
    fields: places,
    required,
  };
}

function linkNode(node: ShapeNode, linker: Linker): LinkedNode {
  switch (node.node) {
    case "leaf":
    case "open":
      return linker.cellOf(node.cell);
    case "message":
      return linker.shapeOf(node.shape);
    case "list": {
      const item = linkNode(node.item, linker);
      return { place: "list", ...factsOfAll([item]), item };
    }
    case "map": {
      const [key, value] = [linkCell(node.key), linkNode(node.value, linker)];
      return {
        place: "map",
        leavesNothing: key.leavesNothing || value.leavesNothing,
        isInspected: key.isInspected || value.isInspected,
        namesPeople: key.namesPeople || value.namesPeople,
        key,
        value,
        hasKey: node.keys === undefined ? () => true : linker.compile(node.keys),
      };
    }
  }
}

function isKeptTime({ kind, ops }: Cell): boolean {
  return kindFacts(kind).areTimes === true && ops.length === 0;
}

function linkCell(cell: Cell, column?: ColumnType): LinkedCell {
  const treat = prepareChain(cell.ops);
  return {
    place: "cell",
    leavesNothing: leavesNothing(cell.ops),
    isInspected: cell.ops.length > 0,
    namesPeople: cell.names !== undefined,
    isAnybodys: isAboutAnybody(cell),
    cell,
    treat,
    read: createReadValue(cell, column),
  };
}

function factsOfAll(places: readonly LinkedNode[]): LinkedFacts {
  return {
    leavesNothing: places.every(({ leavesNothing }) => leavesNothing),
    isInspected: places.some(({ isInspected }) => isInspected),
    namesPeople: places.some(({ namesPeople }) => namesPeople),
  };
}

function fail(expected: string): never {
  throw new Error(`expected ${expected} in the plan; compile it again with this version`);
}
