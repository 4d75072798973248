import type { Breach, Found } from "../breach.ts";
import { checkReasons } from "../overlay/check-reasons.ts";
import { type SchemaVariant, shareOf, variantsOf } from "../overlay/variants.ts";
import type { Processor } from "../processor/processor.ts";
import type { Subscriptions } from "../processor/subscriptions.ts";
import type { Schema } from "../schema/schema.ts";
import type { OverlayDecl, PolicySource } from "../source/declarations.ts";
import { checkPeople } from "./check-people.ts";
import { decideLeaves, type LeafDecision } from "./decide-leaves.ts";

/** Everything that decisions depend on beside one schema. */
export interface PolicyContext {
  readonly messages: PolicySource["messages"];
  readonly processors: readonly Processor[];
  /** By the name of the processor. */
  readonly subscriptions: ReadonlyMap<string, Subscriptions>;
}

/** What was decided about the events of one variant of a schema. */
export interface VariantDecision {
  readonly variant: SchemaVariant;
  readonly leaves: readonly LeafDecision[];
}

/** What was decided about the events of a schema. */
export interface SchemaDecision {
  readonly schema: Schema;
  readonly variants: readonly VariantDecision[];
}

/** Decides a schema, once for each set of overlays that holds for some of its types. */
export function decideSchema(
  schema: Schema,
  overlays: readonly OverlayDecl[],
  world: PolicyContext,
): Found<SchemaDecision> {
  const variants = variantsOf(schema, overlays);
  const decided = variants.map((variant) => {
    const { messages, processors } = world;
    const subscribed = namesOfTakers(schema, variant, variants, world);
    const around = { messages, subscribed, overlays: byTarget(variant.overlays) };
    const question = { schema, processors, around };
    const { found: leaves, breaches } = decideLeaves(question);
    return {
      found: { variant, leaves },
      breaches: [...breaches, ...checkReasons(question, variant, leaves), ...checkPeople(schema, variant, leaves)],
    };
  });
  return {
    found: { schema, variants: decided.map(({ found }) => found) },
    breaches: decided.flatMap(({ breaches }): readonly Breach[] => breaches),
  };
}

function namesOfTakers(
  { name: schema }: Schema,
  variant: SchemaVariant,
  variants: readonly SchemaVariant[],
  { processors, subscriptions }: PolicyContext,
): ReadonlySet<string> {
  const names = processors.map(({ name }) => name);
  return new Set(
    names.filter((name) => {
      const { taken, rest } = shareOf(subscriptions.get(name)?.get(schema), variant, variants);
      return rest || taken.length > 0;
    }),
  );
}

/** Indexes overlays by their target. */
export function byTarget(overlays: readonly OverlayDecl[]): ReadonlyMap<string, readonly OverlayDecl[]> {
  const index = new Map<string, OverlayDecl[]>();
  for (const overlay of overlays) index.set(overlay.path, [...(index.get(overlay.path) ?? []), overlay]);
  return index;
}
