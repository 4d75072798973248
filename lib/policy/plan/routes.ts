import type { Route, ShapeId } from "#plan";
import type { SchemaDecision, VariantDecision } from "../decide/decide-schema.ts";
import { type Share, shareOf } from "../overlay/variants.ts";
import type { Processor } from "../processor/processor.ts";
import type { Subscriptions } from "../processor/subscriptions.ts";
import type { Schema } from "../schema/schema.ts";
import { envelopeOf } from "./envelope.ts";
import { type ShapeTable, writeShape } from "./shapes.ts";

/** A processor's view of the schemas: what it takes, and where its shapes go. */
export interface RouteWriter {
  readonly processor: Processor;
  readonly subscriptions: Subscriptions;
  readonly table: ShapeTable;
}

/** Writes the routes of a schema: one for each variant that is taken, and one for everything that is not. */
export function writeRoutes({ schema, variants }: SchemaDecision, writer: RouteWriter): readonly Route[] {
  const all = variants.map(({ variant }) => variant);
  const taken = writer.subscriptions.get(schema.name);
  const shares = variants.map((each) => ({ ...each, share: shareOf(taken, each.variant, all) }));
  const subscribed = shares
    .filter(({ share }) => share.taken.length > 0 || share.rest)
    .map((each) => {
      const root = writeRoot(schema, each, writer);
      const envelope = envelopeOf({ schema, leaves: each.leaves }, writer.processor);
      return writeRoute(schema, matchOf(schema, each.share), { root, envelope });
    });
  const left = shares.flatMap(({ share }) => share.left);
  const restIsLeft = schema.base && shares.every(({ share }) => !share.rest);
  if (left.length === 0 && !restIsLeft) return subscribed;
  return [...subscribed, writeRoute(schema, matchOf(schema, { taken: left, rest: restIsLeft }))];
}

function matchOf({ custom }: Schema, { taken, rest }: Pick<Share, "taken" | "rest">): Route["match"] {
  return { types: [...taken].sort(), base: rest, ...custom };
}

/** What a route has where its events are taken. */
interface Taken {
  readonly root: ShapeId;
  readonly envelope: NonNullable<Route["envelope"]>;
}

function writeRoute(schema: Schema, match: Route["match"], taken?: Taken): Route {
  const { feed, name, entity, version } = schema;
  return {
    feed,
    match,
    schema: name,
    subscribed: taken !== undefined,
    ...(taken && { root: taken.root }),
    ...(entity && { entity: entity.paths }),
    ...(entity?.birth && { birth: entity.birth }),
    ...(entity?.neverReturns && { neverReturns: true as const }),
    ...(version && { version }),
    ...(taken && Object.keys(taken.envelope).length > 0 && { envelope: taken.envelope }),
    createdBy: entity?.createdBy ?? [],
    deletedBy: entity?.deletedBy ?? [],
  };
}

function writeRoot({ tree }: Schema, { leaves }: VariantDecision, { processor, table }: RouteWriter): ShapeId {
  return writeShape(tree, {
    processor: processor.name,
    table,
    leaves: new Map(leaves.map((each) => [each.leaf, each])),
  });
}
