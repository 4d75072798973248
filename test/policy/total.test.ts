import { beforeAll, describe, expect, it } from "vitest";
import { PolicyError } from "#errors";
import { LOCAL_SPACE } from "#policy";
import { buildShipped, TODAY } from "#support/descriptors";
import { compileSource, type ResolvedPolicy, resolvePolicy } from "../../lib/policy/compile.ts";
import { findClassification, isComplete } from "../../lib/policy/decide/classify.ts";
import { decideCell } from "../../lib/policy/decide/decide-cell.ts";
import { decideLeaves } from "../../lib/policy/decide/decide-leaves.ts";
import { byTarget, decideSchema } from "../../lib/policy/decide/decide-schema.ts";
import type { Question, VariantContext } from "../../lib/policy/decide/question.ts";
import type { OriginRule } from "../../lib/policy/policy.ts";
import type { Schema } from "../../lib/policy/schema/schema.ts";
import type { Leaf } from "../../lib/policy/schema/tree.ts";
import type { FieldDecl, OverlayDecl, PolicySource } from "../../lib/policy/source/declarations.ts";
import { readSource } from "../../lib/policy/source/read-source.ts";

const OPTIONS = { space: LOCAL_SPACE, today: TODAY };

/** Rules that drop whatever is written; there is nothing to remove, and nothing to leak. */
const ALWAYS_DROP: readonly OriginRule[] = ["secret", "not_subscribed", "not_in_output", "previous_object"];

describe("the shipped policy", () => {
  let source: PolicySource;
  let resolved: ResolvedPolicy;
  beforeAll(async () => {
    source = readSource(await buildShipped());
    resolved = resolvePolicy(source, OPTIONS).found;
  });

  it("names every leaf whose classification is bared", () => {
    const unnamed = places(resolved).flatMap(({ schema, leaf, around }) => {
      const bared = bareClassification(leaf, around);
      const named = breachesOf(schema, bared.leaf, { ...resolved, around: bared.around })
        .filter(({ code }) => code === "POLICY_UNCLASSIFIED")
        .flatMap(({ at }) => at?.path ?? []);
      return named.includes(leaf.path) ? [] : [`${schema.name} ${leaf.path}`];
    });
    expect(unnamed).toEqual([]);
  });

  it("names every cell once all that decides it is removed, and drops it where nothing can be removed", () => {
    const wrong = questionsOf(resolved).flatMap(({ schema, question }) => {
      const { left, dropsAnyway } = removeDeciders(question);
      if (dropsAnyway) return [];
      const { leaf, processor, around } = left;
      const named = breachesOf(schema, leaf, { processors: [processor], around })
        .filter(({ code, at }) => code === "POLICY_UNDECIDED" && at?.path === leaf.path)
        .flatMap(({ at }) => at?.processors ?? []);
      return named.includes(processor.name) ? [] : [`${schema.name} ${leaf.path} ${processor.name}`];
    });
    expect(wrong).toEqual([]);
  });

  it("names each cell in the one run that reports all breaches", () => {
    const processors = source.processors.map((decl) => ({ ...decl, defaults: [] }));
    expect(undecidedIn({ ...source, processors })).toEqual(servedByDefaults(resolved));
  });
});

interface Place {
  readonly schema: Schema;
  readonly leaf: Leaf;
  readonly around: VariantContext;
}

function places({ schemas, messages, overlays, processors, subscriptions }: ResolvedPolicy): readonly Place[] {
  return schemas.flatMap((schema) => {
    const takers = processors.filter(({ name }) => subscriptions.get(name)?.has(schema.name));
    const subscribed = new Set(takers.map(({ name }) => name));
    const around = { messages, subscribed, overlays: byTarget(overlays.get(schema.name) ?? []) };
    return schema.leaves.map((leaf) => ({ schema, leaf, around }));
  });
}

function questionsOf(resolved: ResolvedPolicy): readonly { readonly schema: Schema; readonly question: Question }[] {
  return places(resolved).flatMap(({ schema, leaf, around }) => {
    const classification = findClassification(leaf, around);
    if (!isComplete(classification)) throw new Error(`${schema.name} ${leaf.path} has no class`);
    return resolved.processors.map((processor) => ({ schema, question: { leaf, around, classification, processor } }));
  });
}

function breachesOf(schema: Schema, leaf: Leaf, world: Pick<ResolvedPolicy, "processors"> & Pick<Place, "around">) {
  const { processors, around } = world;
  return decideLeaves({ schema: { ...schema, leaves: [leaf] }, processors, around }).breaches;
}

/** Removes what classifies a leaf, from the nearest outwards, until nothing does. */
function bareClassification(
  leaf: Leaf,
  around: VariantContext,
): { readonly leaf: Leaf; readonly around: VariantContext } {
  const found = findClassification(leaf, around);
  if (found === undefined) return { leaf, around };
  const chain = leaf.chain.map(({ classification, ...field }) =>
    classification === undefined || classification === found ? field : { ...field, classification },
  );
  const messages = new Map(around.messages);
  for (const [name, { covers, ...message }] of messages) {
    if (covers !== undefined && covers === found) messages.set(name, message);
  }
  const overlays = mapOverlays(around, ({ classification, ...overlay }) =>
    classification === undefined || classification === found ? overlay : { ...overlay, classification },
  );
  return bareClassification({ ...leaf, chain }, { ...around, messages, overlays });
}

function mapOverlays(
  { overlays }: VariantContext,
  map: (overlay: OverlayDecl) => OverlayDecl,
): VariantContext["overlays"] {
  return new Map([...overlays].map(([target, here]) => [target, here.map(map)]));
}

/** Removes what decides a cell, one after the other, until nothing does or what is left drops the value for good. */
function removeDeciders(question: Question): { readonly left: Question; readonly dropsAnyway: boolean } {
  const decision = decideCell(question);
  if (decision === undefined) return { left: question, dropsAnyway: false };
  const dropsAnyway = ALWAYS_DROP.includes(decision.rule);
  if (dropsAnyway) {
    expect(decision.ops).toEqual([{ op: "drop" }]);
    return { left: question, dropsAnyway };
  }
  return removeDeciders({ ...question, ...REMOVE[decision.rule]?.(question) });
}

type Removal = (question: Question) => Partial<Question>;

const withoutCells = (field: FieldDecl): FieldDecl => ({ ...field, cells: [] });
const bareFields: Removal = ({ leaf }) => ({ leaf: { ...leaf, chain: leaf.chain.map(withoutCells) } });
const bareDefaults: Removal = ({ processor }) => ({ processor: { ...processor, defaults: new Map() } });

const REMOVE: Readonly<Partial<Record<OriginRule, Removal>>> = {
  overlay: ({ around }) => ({
    around: { ...around, overlays: mapOverlays(around, (overlay) => ({ ...overlay, cells: [] })) },
  }),
  field: bareFields,
  enclosing_field: bareFields,
  output_field: ({ processor }) => {
    const { output } = processor;
    if (output === undefined) throw new Error("an output field without an output message");
    const picks = new Map([...output.picks].map(([target, fields]) => [target, fields.map(withoutCells)]));
    return { processor: { ...processor, output: { ...output, picks } } };
  },
  open_objects: ({ processor }) => ({ processor: { ...processor, dropsOpenObjects: false } }),
  kind_default: bareDefaults,
  class_default: bareDefaults,
  catch_all: ({ processor }) => ({ processor: { ...processor, catchAll: false } }),
};

/** Lists the cells that a default decides. */
function servedByDefaults(resolved: ResolvedPolicy): ReadonlySet<string> {
  const decided = resolved.schemas.map((schema) => {
    return decideSchema(schema, resolved.overlays.get(schema.name) ?? [], resolved).found;
  });
  const cells = decided.flatMap(({ schema, variants }) =>
    variants.flatMap(({ leaves }) =>
      leaves.flatMap(({ leaf, cells }) =>
        [...cells].map(([name, { rule }]) => ({ rule, cell: `${schema.name} ${leaf.path} ${name}` })),
      ),
    ),
  );
  return new Set(cells.filter(({ rule }) => /^(class|kind)_default$/.test(rule)).map(({ cell }) => cell));
}

/** Compiles everything and lists the cells that the diagnostics name as undecided. */
function undecidedIn(source: PolicySource): ReadonlySet<string> {
  try {
    compileSource(source, OPTIONS);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const undecided = error.diagnostics.filter(({ code }) => code === "POLICY_UNDECIDED");
    const fields = undecided.flatMap(({ fields: named = [] }) => named);
    return new Set(
      fields.flatMap(({ schema, path, processors = [] }) => processors.map((name) => `${schema} ${path} ${name}`)),
    );
  }
  throw new Error("no breach");
}
