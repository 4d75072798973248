import type { Taken } from "../processor/subscriptions.ts";
import type { Schema } from "../schema/schema.ts";
import type { OverlayDecl } from "../source/declarations.ts";

/** The event types of a schema for which the same overlays hold. */
export interface SchemaVariant {
  /** Exact types, sorted. */
  readonly types: readonly string[];
  /** Base schemas: also every type that nobody names. */
  readonly rest: boolean;
  readonly overlays: readonly OverlayDecl[];
  /** No overlay of its own for some types: what holds where nothing else is said. */
  readonly isDefault: boolean;
}

/** Splits a schema by the overlays that hold for some of its types only; most schemas have one variant. */
export function variantsOf(schema: Schema, overlays: readonly OverlayDecl[]): readonly SchemaVariant[] {
  const general = overlays.filter(({ types }) => types.length === 0);
  const special = overlays.filter(({ types }) => types.length > 0);
  const types = [...new Set([...schema.types, ...special.flatMap((overlay) => overlay.types)])].sort();
  const groups = new Map<string, { types: string[]; overlays: readonly OverlayDecl[] }>();
  if (schema.base) groups.set("", { types: [], overlays: general });
  for (const type of types) {
    const holding = special.filter((overlay) => overlay.types.includes(type));
    const key = holding.map((overlay) => special.indexOf(overlay)).join();
    const group = groups.get(key) ?? { types: [], overlays: [...general, ...holding] };
    group.types.push(type);
    groups.set(key, group);
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([key, group]) => ({ ...group, isDefault: key === "", rest: schema.base && key === "" }));
}

/** What a processor takes of a variant, and what it leaves. */
export interface Share {
  readonly taken: readonly string[];
  readonly left: readonly string[];
  /** Of a base schema's unnamed types, too. */
  readonly rest: boolean;
}

/** Splits the types of a variant into those that a processor takes and the others. */
export function shareOf(taken: Taken | undefined, variant: SchemaVariant, variants: readonly SchemaVariant[]): Share {
  if (taken === undefined) return { taken: [], left: variant.types, rest: false };
  const isTaken = (type: string) => taken.rest || taken.types.has(type);
  const named = variants.flatMap(({ types }) => types);
  // A type that only a subscription names is read by the base schema as everybody else's overlays leave it.
  const extra = variant.rest ? [...taken.types].filter((type) => !named.includes(type)) : [];
  return {
    taken: [...variant.types.filter(isTaken), ...(taken.rest ? [] : extra)].sort(),
    left: variant.types.filter((type) => !isTaken(type)),
    rest: variant.rest && taken.rest,
  };
}
