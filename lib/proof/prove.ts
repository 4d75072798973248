import { isSealed } from "#plan";
import { type Policy, TRANSPORT } from "#policy";
import { checkHidden, type HiddenFinding } from "./comparison/check-hidden.ts";
import { chooseEvents } from "./comparison/choose-events.ts";
import { createCanaryCounter } from "./count-canaries.ts";
import { type Blueprint, listBlueprints } from "./events/blueprint.ts";
import { plantRound } from "./events/plant-round.ts";
import { createLeakBook, type LeakBook } from "./leak-book.ts";
import type { Checking, VariationFinding } from "./metamorphic/check.ts";
import { checkLinked } from "./metamorphic/check-linked.ts";
import { checkMisfit } from "./metamorphic/check-misfit.ts";
import { checkRenamed } from "./metamorphic/check-renamed.ts";
import { checkUndeclared } from "./metamorphic/check-undeclared.ts";
import { isVaried } from "./metamorphic/vary-event.ts";
import { createRules, type Rules } from "./oracle/rules.ts";
import { proveRound } from "./prove-round.ts";
import type { Checks, ProofResult, TableRow } from "./result.ts";
import type { SystemUnderTest } from "./run-round.ts";
import { DELIVERY_PARTS, type Parts } from "./system/parts.ts";

export interface ProofOptions {
  /** At least so many canaries are planted. */
  readonly canaries: number;
  /** A sample of the schemas only, in seconds: one type of so many schemas each. */
  readonly quick?: boolean;
  /** How many other values are drawn for each that a processor may not see; absent = one, 0 = they are not compared. */
  readonly draws?: number;
  /** The same seed gives the same proof. */
  readonly seed: string;
  /** Parts of the system that a command line adds, or a test replaces. */
  readonly parts?: Partial<Parts>;
  /** Learns what is being done. */
  onProgress?(progress: ProofProgress): void;
  /** Aborted when nobody wants the proof any more. */
  readonly signal?: AbortSignal;
}

export interface ProofProgress {
  readonly canaries: number;
  readonly events: number;
  readonly leaks: number;
  readonly doing: "canaries" | "comparisons";
}

/**
 * Proves that no value of any event reaches a processor, or anybody else, that the policy does not let it reach.
 *
 * Events of every type, with a canary in every place a value can be, go through the real pipeline; everything that comes out
 * is searched, and compared with the matrix by an oracle that knows nothing of the transforms' code. What cannot carry a
 * canary is proved by comparing outputs of events that differ in one respect.
 *
 * Throws the signal's reason when it is aborted.
 */
export async function proveRounds(policy: Policy, options: ProofOptions): Promise<ProofResult> {
  const { seed } = options;
  const { plans, hash } = policy;
  const system: SystemUnderTest = { plans, policy: hash, seed, parts: { ...DELIVERY_PARTS, ...options.parts } };
  const all = listBlueprints(policy);
  const proof: Proof = {
    policy,
    system,
    blueprints: options.quick ? chooseEvents(all, seed, QUICK_SCHEMAS) : all,
    rules: createRules(policy),
    leaks: createLeakBook(),
  };
  const { counter, planted, ...totals } = await plantAndSearch(proof, options);
  const checks = await compareAll(proof, options.draws ?? 1, () => tell(proof, totals, "comparisons", options));
  const leaks = proof.leaks.list();
  const table = counter.rows(leaks);
  return {
    policy: hash,
    space: policy.space.name,
    seed,
    ...totals,
    table,
    checks,
    leaks,
    schemas: { tried: countSchemas(proof.blueprints), known: countSchemas(all) },
    unplanted: options.quick ? [] : listUnplanted(policy, planted),
    blind: options.quick ? [] : listBlind(policy, table),
  };
}

/** How many schemas a quick proof tries. */
const QUICK_SCHEMAS = 8;

function countSchemas(blueprints: readonly Blueprint[]): number {
  return new Set(blueprints.map(({ feed, schema }) => `${feed} ${schema}`)).size;
}

interface Proof {
  readonly policy: Policy;
  readonly blueprints: readonly Blueprint[];
  readonly rules: Rules;
  readonly leaks: LeakBook;
  readonly system: SystemUnderTest;
}

type Totals = Pick<ProofResult, "canaries" | "events" | "searched">;

/** Sends rounds of events through the system until there were enough canaries. */
async function plantAndSearch(proof: Proof, options: ProofOptions) {
  const { policy, blueprints, rules, leaks, system } = proof;
  const counter = createCanaryCounter(policy.processors, rules);
  const planted = new Set<string>();
  const searched: Record<string, number> = {};
  const totals = { events: 0, canaries: 0, searched };
  for (let turn = 0; totals.canaries < options.canaries; turn++) {
    tell(proof, totals, "canaries", options);
    const round = plantRound({ blueprints, seed: options.seed, turn });
    const proved = await proveRound(round, { ...system, rules, leaks });
    counter.add(round.canaries, proved.seen);
    const events = round.records.flatMap((record) => record.events);
    for (const { schema, values } of events) for (const path of values.keys()) planted.add(nameOf(schema, path));
    totals.canaries += round.canaries.length;
    totals.events += events.length;
    for (const [channel, bytes] of proved.searched) searched[channel] = (searched[channel] ?? 0) + bytes;
  }
  return { ...totals, counter, planted };
}

/** Also where the proof stops when nobody wants it any more. */
function tell(
  { leaks }: Proof,
  { canaries, events }: Totals,
  doing: ProofProgress["doing"],
  { onProgress, signal }: ProofOptions,
): void {
  signal?.throwIfAborted();
  onProgress?.({ canaries, events, leaks: leaks.list().length, doing });
}

async function compareAll(
  { blueprints, rules, leaks, system }: Proof,
  draws: number,
  onProgress: () => void,
): Promise<Checks> {
  const report = ({ plan, blueprint, path, beside, how }: VariationFinding) => {
    const place = { schema: blueprint.schema, type: blueprint.type ?? "", path, standing: "declared" } as const;
    const channel = beside ? "attribute" : "payload";
    leaks.add({ processor: plan.processor, channel, ...place, class: rules.classOf({ ...place, erased: [] }), how });
  };
  // Sealed payloads cannot be read: a change in them shows nobody anything.
  const plans = system.plans.filter((plan) => !isSealed(plan));
  const checking: Checking = { ...system, plans, blueprints: blueprints.filter(isVaried), rules, report, onProgress };
  const reportHidden = ({ plan, blueprint, channel, path }: HiddenFinding) => {
    const place = { schema: blueprint?.schema ?? "", type: blueprint?.type ?? "", path, standing: "declared" } as const;
    const how = "it depends on a value that may not be seen";
    leaks.add({ processor: plan.processor, channel, ...place, class: rules.classOf({ ...place, erased: [] }), how });
  };
  return {
    hidden: await checkHidden({
      ...checking,
      blueprints: chooseEvents(checking.blueprints, system.seed),
      plans: system.plans,
      draws,
      blames: true,
      report: reportHidden,
    }),
    undeclared: await checkUndeclared(checking),
    misfit: await checkMisfit(checking),
    renamed: await checkRenamed(checking),
    linked: await checkLinked(checking),
  };
}

function listUnplanted({ matrix }: Policy, planted: ReadonlySet<string>): readonly string[] {
  const declared = matrix.filter(({ schema }) => schema !== TRANSPORT).map(({ schema, path }) => nameOf(schema, path));
  return [...new Set(declared)].filter((name) => !planted.has(name));
}

function nameOf(schema: string, path: string): string {
  return `${schema} ${path}`;
}

/** A processor that is given a sample of events may have been given none of a class. */
function listBlind({ plans }: Policy, table: readonly TableRow[]): ProofResult["blind"] {
  const sampled = plans.filter(({ delivery }) => delivery.sampling !== undefined).map(({ processor }) => processor);
  return table
    .filter(({ processor, allowed, found }) => allowed > 0 && found === 0 && !sampled.includes(processor))
    .map(({ processor, class: name }) => ({ processor, class: name }));
}
