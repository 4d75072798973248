import { type Found, helpWith } from "../breach.ts";
import type { Schema } from "../schema/schema.ts";
import type { SubscriptionDecl } from "../source/declarations.ts";
import type { Processor } from "./processor.ts";

/** What a processor takes, by the name of the schema; schemas it takes nothing of are absent. */
export type Subscriptions = ReadonlyMap<string, Taken>;

/** The event types of a schema that a processor takes. */
export interface Taken {
  readonly types: ReadonlySet<string>;
  /** Base schemas: also every type that nobody names. */
  readonly rest: boolean;
}

/** Finds the schemas and types behind the patterns a processor subscribes to; a catch-all takes everything. */
export function resolveSubscriptions(processor: Processor, schemas: readonly Schema[]): Found<Subscriptions> {
  if (processor.catchAll) {
    return { found: new Map(schemas.map((schema) => [schema.name, takeAll(schema)])), breaches: [] };
  }
  const resolved = processor.decl.subscribe.map((subscription) => resolveSubscription(subscription, schemas));
  return {
    found: union(resolved.flatMap(({ found }) => found)),
    breaches: resolved.flatMap(({ breaches }) => breaches),
  };
}

type Part = readonly [schema: string, taken: Taken];

function takeAll({ types, base }: Schema): Taken {
  return { types: new Set(types), rest: base };
}

function union(parts: readonly Part[]): Subscriptions {
  const all = new Map<string, Taken>();
  for (const [schema, { types, rest }] of parts) {
    const known = all.get(schema);
    all.set(schema, { types: new Set([...(known?.types ?? []), ...types]), rest: rest || (known?.rest ?? false) });
  }
  return all;
}

function resolveSubscription(subscription: SubscriptionDecl, schemas: readonly Schema[]): Found<readonly Part[]> {
  const { feed, types, schema } = subscription;
  if (feed === undefined) return refuse(subscription, "expected a feed in the subscription, got none");
  const ofFeed = schemas.filter((candidate) => candidate.feed === feed);
  if (schema !== undefined) return resolveCustom(subscription, schema, ofFeed);
  if (types.length > 0) return resolveTypes(subscription, ofFeed);
  return refuse(subscription, "expected types or a schema in the subscription, got neither");
}

function resolveCustom(
  subscription: SubscriptionDecl,
  name: string,
  ofFeed: readonly Schema[],
): Found<readonly Part[]> {
  const custom = ofFeed.filter((schema) => schema.custom);
  const schema = custom.find((candidate) => candidate.name === name);
  if (schema !== undefined) return { found: [[name, takeAll(schema)]], breaches: [] };
  const { help } = helpWith(
    name,
    custom.map((candidate) => candidate.name),
  );
  return refuse(subscription, `expected a schema of the CUSTOM feed, got ${name}`, help);
}

function resolveTypes(subscription: SubscriptionDecl, ofFeed: readonly Schema[]): Found<readonly Part[]> {
  const known = ofFeed.flatMap((schema) => schema.types);
  const resolved = subscription.types.map((type) => ({ type, parts: resolvePattern(type, ofFeed) }));
  const unmatched = resolved.filter(({ parts }) => parts.length === 0);
  return {
    found: resolved.flatMap(({ parts }) => parts),
    breaches: unmatched.flatMap(({ type }) => {
      const message = `expected a type, family or * of ${subscription.feed}, got ${type}, which no schema describes`;
      return refuse(subscription, message, helpWith(type, [...known, ...familiesOf(known)]).help).breaches;
    }),
  };
}

function refuse({ place }: SubscriptionDecl, message: string, help?: string): Found<readonly Part[]> {
  return {
    found: [],
    breaches: [{ code: "POLICY_SUBSCRIPTION", place, message, ...(help !== undefined && { help }) }],
  };
}

/** Exact type, `family.*` or `*`; a type that no schema names belongs to the base schema of the feed. */
function resolvePattern(pattern: string, schemas: readonly Schema[]): readonly Part[] {
  if (pattern === "*") return schemas.map((schema) => [schema.name, takeAll(schema)]);
  const isFamily = pattern.endsWith(".*");
  const matches = (type: string) => (isFamily ? type.startsWith(pattern.slice(0, -1)) : type === pattern);
  const named = schemas.flatMap(({ name, types }): readonly Part[] => {
    const matching = types.filter(matches);
    return matching.length === 0 ? [] : [[name, { types: new Set(matching), rest: false }]];
  });
  if (named.length > 0 || pattern.includes("*")) return named;
  const base = schemas.find((schema) => schema.base);
  return base === undefined ? [] : [[base.name, { types: new Set([pattern]), rest: false }]];
}

function familiesOf(types: readonly string[]): readonly string[] {
  return [...new Set(types.map((type) => type.replace(/[^.]*$/, "*")))];
}
