import { ConfigError, findNearMatch } from "#errors";
import type { Manifests } from "./manifests.ts";

/** Where a Space is, and what stands above it: what its policy is compiled with. */
export interface SpaceFacts {
  readonly name: string;
  /** AWS region of the Space. */
  readonly region: string;
  /** The regional point of presence above it. */
  readonly pop?: { readonly name: string; readonly region: string };
  /** The global centre above that. */
  readonly central?: { readonly region: string };
}

/** The documents that say where things are. */
export type LocationDocuments = Pick<Manifests, "spaces" | "pops" | "centrals">;

/**
 * Gathers the facts of a Space.
 *
 * Without a name, of the only one; undefined when there is none at all.
 *
 * @throws {ConfigError} when no Space has the name, or when a name is needed to tell them apart
 */
export function spaceFacts(manifests: LocationDocuments, name?: string): SpaceFacts | undefined {
  const { spaces, pops, centrals } = manifests;
  if (name === undefined && spaces.length === 0) return undefined;
  const space = name === undefined && spaces.length === 1 ? spaces[0] : spaces.find((one) => one.name === name);
  if (space === undefined)
    throw new ConfigError(
      explain(
        name,
        spaces.map((one) => one.name),
      ),
    );
  const pop = pops.find((one) => one.name === space.pop);
  const central = centrals.find((one) => one.name === pop?.central);
  return {
    name: space.name,
    region: space.region,
    ...(pop !== undefined && { pop: { name: pop.name, region: pop.region } }),
    ...(central !== undefined && { central: { region: central.region } }),
  };
}

function explain(name: string | undefined, names: readonly string[]): string {
  const known = names.length === 0 ? "which none of the deployment documents declares" : `one of ${names.join(", ")}`;
  const near = name === undefined ? undefined : findNearMatch(name, names);
  const hint = near === undefined ? "" : `: did you mean ${near}?`;
  return `expected the name of a Space, ${known}, got ${name ?? "none"}${hint}`;
}
