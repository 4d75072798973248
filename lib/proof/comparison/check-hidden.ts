import { isSealed, type Plan, type Role } from "#plan";
import type { Blueprint } from "../events/blueprint.ts";
import type { Rules } from "../oracle/rules.ts";
import type { SystemUnderTest } from "../run-round.ts";
import type { OutputChannel } from "../system/channels.ts";
import { type HiddenRuns, openRuns, type Scene } from "./run-hidden.ts";
import { listUnits, type Unit } from "./units.ts";
import { MANNERS, type MannerFacts } from "./vary-hidden.ts";

/** What is compared. */
export interface HiddenChecking extends SystemUnderTest {
  readonly blueprints: readonly Blueprint[];
  readonly rules: Rules;
  /** How many other values are drawn for each. */
  readonly draws: number;
  /** Looks for the one value that makes a difference: it takes a dozen runs. */
  readonly blames: boolean;
  report(finding: HiddenFinding): void;
  /** Called now and then: comparing takes seconds. */
  onProgress(): void;
}

/** A channel that depends on a value that the processor may not see. */
export interface HiddenFinding {
  readonly plan: Plan;
  readonly channel: OutputChannel;
  /** Absent where no single value does it. */
  readonly blueprint?: Blueprint;
  readonly path: string;
}

/**
 * Compares everything that leaves for one processor, byte for byte, order and count included, with what leaves where every
 * value that it may not see is another one.
 *
 * Where something differs, values are given back half by half until one is left that makes a difference by itself.
 *
 * @returns how many values were changed, over all processors and draws
 */
export async function checkHidden(checking: HiddenChecking): Promise<number> {
  const { plans, blueprints, draws, seed } = checking;
  const roles = [...new Set(blueprints.flatMap(({ people }) => [...people.values()]))];
  let changed = 0;
  for (const plan of plans) {
    const units = listUnits({ plan, blueprints });
    let isBlamed = !checking.blames;
    for (const [manner, erased] of listCases(plan, roles)) {
      for (let draw = 0; draw < draws; draw++) {
        const scene = { ...checking, plan, manner, erased, draw: `${seed} ${draw}` };
        const differs = await compareHidden(scene, { units, blames: !isBlamed, report: checking.report });
        isBlamed ||= differs;
        changed += units.length;
      }
    }
    checking.onProgress();
  }
  return changed;
}

/** Every manner that tells something of the plan, with nobody erased; some of them again for each role that is erased. */
function listCases(plan: Plan, roles: readonly Role[]): readonly (readonly [MannerFacts, readonly Role[]])[] {
  const hasSeals = isSealed(plan) || /"op":"encrypt"/.test(JSON.stringify(plan));
  // Seals show how long they are.
  const open = isSealed(plan) ? [] : [MANNERS.values, MANNERS.lengths, MANNERS.shapes];
  const closed = [...(hasSeals ? [MANNERS.seals] : []), MANNERS.refusals];
  const fenced = isSealed(plan) ? [MANNERS.seals] : [MANNERS.values, MANNERS.shapes];
  return [
    ...[...open, ...closed].map((manner) => [manner, []] as const),
    ...roles.flatMap((role) => fenced.map((manner) => [manner, [role]] as const)),
  ];
}

interface Comparing extends Pick<HiddenChecking, "report"> {
  readonly units: readonly Unit[];
  /** Looks for the value that does it: for the first of a plan's differences, since it takes a dozen runs. */
  readonly blames: boolean;
}

/** Returns whether something differs. */
async function compareHidden(scene: Scene, { units, blames, report }: Comparing): Promise<boolean> {
  const runs = await openRuns(scene);
  const channels = await runs.differences(units, true);
  const unit = channels.length > 0 && blames ? await findCulprit(units, runs) : undefined;
  const blueprint = unit && scene.blueprints[unit.number];
  const place = { plan: scene.plan, ...(blueprint && { blueprint }), path: unit?.path ?? "" };
  for (const channel of channels) report({ ...place, channel });
  return channels.length > 0;
}

/** Undefined where it takes several values, or what is undeclared, to make the difference. */
async function findCulprit(units: readonly Unit[], runs: HiddenRuns): Promise<Unit | undefined> {
  let suspects = units;
  while (suspects.length > 1) {
    const half = suspects.slice(0, suspects.length >> 1);
    const rest = suspects.slice(half.length);
    if ((await runs.differences(half, false)).length > 0) suspects = half;
    else if ((await runs.differences(rest, false)).length > 0) suspects = rest;
    else return undefined;
  }
  return suspects[0];
}
