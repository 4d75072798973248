import type { JsonKind } from "#json";
import {
  type Cell,
  type DeliverySpec,
  type Enrichment,
  type EnvelopePart,
  type Op,
  type OutputTable,
  PLAN_VERSION,
  type Plan,
  type Route,
  type Shape,
  type ShapeField,
  type ShapeNode,
  withHash,
} from "#plan";

/**
 * What may stand at a place of a hand-written plan: a cell, a list, a map, or a nested object of fields.
 *
 * `planFor({ fields: { type: kept(), data: { email: treated({ op: "mask" }), roles: list(kept()) } } })`
 */
export type Place = PlainPlace | Fields;

/** Wire names to places, as they are nested in the event. */
export interface Fields {
  readonly [name: string]: Place;
}

interface PlainPlace {
  readonly [PLACE]: (nodeOf: (place: Place) => ShapeNode) => ShapeNode;
  readonly required?: true;
}

const PLACE = Symbol("place");

/** A field whose value is kept. */
export function kept(facts: Partial<Cell> = {}): Place {
  const cell: Cell = { kinds: ["string"], class: "INTERNAL", kind: "OTHER", ops: [], onFence: "keep", ...facts };
  return { [PLACE]: () => ({ node: "leaf", cell }) };
}

/** A field whose value is dropped. */
export function dropped(facts: Partial<Cell> = {}): Place {
  return kept({ ops: [{ op: "drop" }], class: "SECRET", ...facts });
}

/** A field about a person, which is left out once the person is fenced. */
export function personal(facts: Partial<Cell> = {}): Place {
  return kept({ class: "PII", onFence: "drop", ...facts });
}

/** A field whose value is treated. */
export function treated(...ops: readonly Op[]): Place {
  return kept({ ops });
}

/** A JSON value whose inside is not declared. */
export function open(facts: Partial<Cell> = {}): Place {
  const cell: Cell = { kinds: ANY, class: "CUSTOMER_CONTENT", kind: "OPEN_OBJECT", ops: [], onFence: "keep", ...facts };
  return { [PLACE]: () => ({ node: "open", cell }) };
}

export function list(item: Place): Place {
  return { [PLACE]: (nodeOf) => ({ node: "list", item: nodeOf(item) }) };
}

/** A map whose keys fit the pattern; they are kept, unless their cell says otherwise. */
export function map(value: Place, keys?: string, ofKeys: Partial<Cell> = {}): Place {
  const key: Cell = { kinds: ["string"], class: "INTERNAL", kind: "OTHER", ops: [], onFence: "keep", ...ofKeys };
  return { [PLACE]: (nodeOf) => ({ node: "map", key, value: nodeOf(value), ...(keys !== undefined && { keys }) }) };
}

/** A field without which the event is rejected. */
export function required(place: Place): Place {
  return { [PLACE]: (nodeOf) => nodeOf(place), required: true };
}

const ANY: readonly JsonKind[] = ["string", "number", "boolean", "array", "object"];

export interface PlanInput {
  readonly processor?: string;
  readonly generation?: string;
  readonly source?: Plan["source"];
  /** The fields of the one route: none by default, and in a whole plan a route without a declared inside. */
  readonly fields?: Fields;
  /** What the one route has other than {@link ROUTE}. */
  readonly route?: Partial<Omit<Route, "root">>;
  /** Further routes, as they are. */
  readonly routes?: readonly Route[];
  readonly output?: OutputTable;
  readonly delivery?: Partial<DeliverySpec>;
}

/** The route of a hand-written plan: `user.updated` of Event Streams. */
export const ROUTE: Omit<Route, "root"> = {
  feed: "AUTH0_EVENTS",
  match: { types: ["user.updated"], base: false },
  schema: "test.Event",
  subscribed: true,
  createdBy: ["user.created"],
  deletedBy: ["user.deleted"],
};

const DELIVERY: DeliverySpec = {
  sink: "FIFO_QUEUE",
  mode: "EVERY_EVENT",
  format: "JSON",
  tier: "SPACE",
  region: "eu-west-1",
  metadata: [],
  envelope: [],
  testEvents: false,
  transport: [],
};

/** Makes a plan as the compiler would, of one route and whatever else is given. */
export function planFor(input: PlanInput = {}): Plan {
  const { processor = "CONSUMER", generation = "g1", source = "fields", output } = input;
  const { fields = source === "fields" ? {} : undefined } = input;
  const shapes: Shape[] = [];
  const root = fields === undefined ? {} : { root: addShape(fields, shapes) };
  return withHash({
    v: PLAN_VERSION,
    processor,
    generation,
    source,
    routes: [{ ...ROUTE, ...input.route, ...root }, ...(input.routes ?? [])],
    shapes,
    delivery: { ...DELIVERY, envelope: (input.delivery?.metadata ?? []).map(partOf), ...input.delivery },
    ...(output && { output }),
  });
}

function partOf(enrich: Enrichment): EnvelopePart {
  return { name: enrich.toLowerCase(), of: { enrich }, column: "STRING", isAttribute: true };
}

function addShape(fields: Fields, shapes: Shape[]): number {
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const shape = {
    fields: sorted.map(([name, place]): ShapeField => ({ name, node: nodeOf(place, shapes), ...requiredOf(place) })),
  };
  return shapes.push(shape) - 1;
}

function nodeOf(place: Place, shapes: Shape[]): ShapeNode {
  if (isPlain(place)) return place[PLACE]((inner) => nodeOf(inner, shapes));
  return { node: "message", shape: addShape(place, shapes) };
}

function requiredOf(place: Place): { readonly required?: true } {
  return isPlain(place) && place.required ? { required: true } : {};
}

function isPlain(place: Place): place is PlainPlace {
  return PLACE in place;
}
