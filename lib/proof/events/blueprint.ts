import { FORMS, FORMS_IN_ORDER } from "#feeds";
import { joinPath } from "#json";
import type { FeedName, Path, Plan, Role, Route, Shape, ShapeNode } from "#plan";
import type { Policy } from "#policy";
import { listKeptNames } from "../oracle/keep-keys-oracle.ts";
import { createPeopleFinder } from "../oracle/people.ts";
import { listLeaves } from "./walk.ts";

/** What events of one type look like, as far as any processor knows. */
export interface Blueprint {
  readonly feed: FeedName;
  /** The event type; absent = one that no route names. */
  readonly type?: string;
  /** CUSTOM feed only: the EventBridge `source`. */
  readonly source?: string;
  /** Full name of the schema that routing finds; "" where there is none. */
  readonly schema: string;
  readonly root: ShapeNode;
  readonly shapes: readonly Shape[];
  /** Names of members that some processor keeps of an open value, by its path. */
  readonly keptNames: ReadonlyMap<string, readonly string[]>;
  /** Where its events name people by an id, as rows of the matrix are written, and in which role. */
  readonly people: ReadonlyMap<string, Role>;
  /** Paths on which delivery as a whole depends: a hostile value there would hide what becomes of the others. */
  readonly pinned: ReadonlySet<string>;
}

/** An object of which nothing is declared. */
const NOTHING: Pick<Blueprint, "root" | "shapes"> = { root: { node: "message", shape: 0 }, shapes: [{ fields: [] }] };

/** Lists every event type that the plans know, one unknown type for each base route, and one for each feed's others. */
export function listBlueprints({ plans, matrix }: Pick<Policy, "plans" | "matrix">): readonly Blueprint[] {
  const found = new Map<string, Blueprint>();
  const peopleOf = createPeopleFinder(matrix);
  for (const each of plans.flatMap((plan) => plan.routes.flatMap((route) => blueprintsOf(plan, route)))) {
    const blueprint = { ...each, people: peopleOf(each) };
    const { feed, source = "", type = "" } = blueprint;
    const name = JSON.stringify([feed, source, type]);
    const known = found.get(name);
    found.set(name, known === undefined ? blueprint : merge(known, blueprint));
  }
  const unknown = FORMS_IN_ORDER.map(
    ({ feed }): Blueprint => ({
      feed,
      schema: "",
      ...NOTHING,
      keptNames: new Map(),
      people: new Map(),
      pinned: readPaths(feed),
    }),
  );
  for (const blueprint of unknown) {
    const name = JSON.stringify([blueprint.feed, "", ""]);
    if (!found.has(name)) found.set(name, blueprint);
  }
  return [...found.values()];
}

function blueprintsOf(plan: Plan, route: Route): readonly Omit<Blueprint, "people">[] {
  const { feed, schema, match } = route;
  const { shapes } = plan;
  const view: Pick<Blueprint, "root" | "shapes"> =
    route.root === undefined ? NOTHING : { root: { node: "message", shape: route.root }, shapes };
  const common = { feed, schema, ...view, keptNames: keptNamesOf(view) };
  const pinned = new Set([...pinnedPaths(route), ...requiredPaths(plan, route), ...readPaths(feed)]);
  const source = match.source === undefined ? {} : { source: match.source };
  const named = match.types.map((type) => ({ ...common, ...source, type, pinned }));
  return match.base ? [...named, { ...common, pinned }] : named;
}

/** The view that declares more, with what either depends on. */
function merge(one: Blueprint, other: Blueprint): Blueprint {
  const most = countLeaves(other) > countLeaves(one) ? other : one;
  const keptNames = new Map([...one.keptNames]);
  for (const [path, names] of other.keptNames)
    keptNames.set(path, [...new Set([...(keptNames.get(path) ?? []), ...names])]);
  return { ...most, keptNames, pinned: new Set([...one.pinned, ...other.pinned]) };
}

function countLeaves(blueprint: Blueprint): number {
  return listLeaves(blueprint).length;
}

function keptNamesOf(view: Pick<Blueprint, "root" | "shapes">): ReadonlyMap<string, readonly string[]> {
  const named = listLeaves(view).map(({ path, cell }) => [path, cell.ops.flatMap(listKeptNames)] as const);
  return new Map(named.filter(([, names]) => names.length > 0));
}

function pinnedPaths({ entity = [], birth, version = [] }: Route): readonly string[] {
  const times: readonly Path[] = birth === undefined ? version : [birth, ...version];
  return [...entity, ...times].map((path) => path.join("."));
}

/** Paths inside the inner event that its feed reads. */
function readPaths(wanted: FeedName): ReadonlySet<string> {
  const forms = FORMS[wanted];
  const paths = forms.flatMap(({ body, reads }) =>
    reads.filter((path) => body.every((name, index) => path[index] === name)).map((path) => path.slice(body.length)),
  );
  return new Set(paths.map((path) => path.join(".")));
}

/** Paths of required fields, and of everything on the way to them. */
function requiredPaths({ shapes }: Plan, { root }: Route): readonly string[] {
  const found: string[] = [];
  const visit = (node: ShapeNode, path: string, above: readonly string[]): void => {
    if (node.node !== "message") return;
    for (const { name, node: inner, required } of shapes[node.shape]?.fields ?? []) {
      const at = joinPath(path, name);
      if (required) found.push(...above, at);
      visit(inner, at, [...above, at]);
    }
  };
  if (root !== undefined) visit({ node: "message", shape: root }, "", []);
  return found;
}
