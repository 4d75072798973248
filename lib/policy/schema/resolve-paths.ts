import type { JsonKind } from "#json";
import type { Path } from "#plan";
import { type Breach, type Found, helpWith } from "../breach.ts";
import type { EntityDecl, SourcePlace } from "../source/declarations.ts";
import type { Entity, RootDecl, Schema } from "./schema.ts";
import type { Leaf } from "./tree.ts";

/** Follows the paths by which a schema names its subjects, its entity and the entity's version. */
export function resolvePaths(
  root: RootDecl,
  leaves: readonly Leaf[],
): Found<Pick<Schema, "subjects" | "entity" | "version" | "times">> {
  const breaches: Breach[] = [];
  const follow = (path: string, place: SourcePlace, kinds: readonly JsonKind[]): Leaf | undefined => {
    const leaf = leaves.find((candidate) => candidate.path === path);
    if (leaf !== undefined && isSingleOf(leaf, kinds)) return leaf;
    breaches.push(wrongPath(path, { place, kinds, root, leaves }));
    return undefined;
  };
  const subjects = root.subjects.filter(({ role, path, place }) => {
    if (role === undefined)
      breaches.push({ code: "POLICY_MATCH", place, message: "expected a role for the subject, got none" });
    return follow(path, place, ID_KINDS) !== undefined && role !== undefined;
  });
  const { entity, version } = root;
  const ids = entity && namesOf(entity).flatMap((path) => follow(path, entity.place, ID_KINDS) ?? []);
  const birth = entity?.birth === undefined ? undefined : follow(entity.birth, entity.place, TIME_KINDS);
  const versions = version?.paths.flatMap((path) => follow(path, version.place, TIME_KINDS) ?? []) ?? [];
  const found = {
    subjects,
    times: [...(birth ? [birth] : []), ...versions],
    ...(entity && ids?.length === namesOf(entity).length && { entity: entityOf(entity, ids, birth) }),
    ...(versions.length > 0 && { version: versions.map(pathOf) }),
  };
  return { found, breaches };
}

/** An entity without a path is one whose path is missing. */
function namesOf({ paths }: EntityDecl): readonly string[] {
  return paths.length === 0 ? [""] : paths;
}

function entityOf(decl: EntityDecl, leaves: readonly Leaf[], birth: Leaf | undefined): Entity {
  const { neverReturns, createdBy, deletedBy, partial } = decl;
  const facts = { neverReturns, createdBy, deletedBy, partial };
  return { ...facts, paths: leaves.map(pathOf), leaves, ...(birth && { birth: pathOf(birth) }) };
}

/** The names from the root to a leaf. */
export function pathOf({ chain }: Leaf): Path {
  return chain.map(({ wireName }) => wireName);
}

const ID_KINDS: readonly JsonKind[] = ["string", "number"];
const TIME_KINDS: readonly JsonKind[] = ["string"];

function isSingleOf({ chain, kinds, open }: Leaf, allowed: readonly JsonKind[]): boolean {
  return !open && kinds.some((kind) => allowed.includes(kind)) && isSingle(chain);
}

/** Tells whether a place occurs at most once in an event. */
export function isSingle(chain: Leaf["chain"]): boolean {
  return chain.every(({ repeat }) => repeat === "one");
}

interface Asked {
  readonly place: SourcePlace;
  readonly kinds: readonly JsonKind[];
  readonly root: RootDecl;
  readonly leaves: readonly Leaf[];
}

function wrongPath(path: string, { place, kinds, root, leaves }: Asked): Breach {
  const code = "POLICY_PATH";
  const isThere = leaves.some((leaf) => leaf.path === path || leaf.targets.includes(path));
  if (isThere) {
    const message = `expected the path of a single ${kinds.join(" or ")}, got ${path} of ${root.name}`;
    return { code, place, message };
  }
  const fitting = leaves.filter((leaf) => isSingleOf(leaf, kinds)).map((leaf) => leaf.path);
  return { code, place, message: `expected a path of ${root.name}, got ${path || "none"}`, ...helpWith(path, fitting) };
}
