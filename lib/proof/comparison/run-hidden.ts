import { isSealed, type Plan, type Role } from "#plan";
import type { Blueprint } from "../events/blueprint.ts";
import type { EventCellPlace } from "../events/write-body.ts";
import { type Variation, varyEvent } from "../metamorphic/vary-event.ts";
import { erasedIds } from "../oracle/people.ts";
import type { Rules } from "../oracle/rules.ts";
import type { SystemUnderTest } from "../run-round.ts";
import type { OutputChannel } from "../system/channels.ts";
import { differingChannels, type TimedTrace } from "./compare-traces.ts";
import { trace } from "./trace.ts";
import type { Unit } from "./units.ts";
import { baseVariation, hiddenVariation, type MannerFacts } from "./vary-hidden.ts";

/** The events of which variants are compared. */
export interface Scene extends Pick<SystemUnderTest, "policy" | "parts" | "seed"> {
  readonly plan: Plan;
  readonly manner: MannerFacts;
  readonly blueprints: readonly Blueprint[];
  /** The roles in which the events are about people who are erased. */
  readonly erased: readonly Role[];
  readonly rules: Rules;
  /** Another one draws other values. */
  readonly draw: string;
}

/** Compares with the events as they are those in which chosen values are others. */
export interface HiddenRuns {
  /** Lists the channels that tell the difference; with `company` there are other undeclared members too. */
  differences(chosen: readonly Unit[], company: boolean): Promise<readonly OutputChannel[]>;
}

export async function openRuns(scene: Scene): Promise<HiddenRuns> {
  const base = await runScene(scene, (_, number) => baseVariation(baseOf(scene), number, scene.manner));
  return {
    async differences(chosen, company) {
      const isChosen = chooser(chosen);
      const other = await runScene(scene, (blueprint, number) =>
        hiddenVariation(
          {
            ...scene,
            blueprint,
            number,
            erased: erasedIn(blueprint, scene.erased),
            seed: scene.draw,
            isChosen: (path) => isChosen(number, path),
          },
          { base: baseOf(scene), company },
        ),
      );
      return differingChannels(base, other, comparisonOf(scene));
    },
  };
}

function baseOf({ draw }: Scene): string {
  return `${draw} base`;
}

/** Containers are chosen with whatever is in them. */
function chooser(units: readonly Unit[]): (number: number, path: string) => boolean {
  const chosen = new Map<number, Set<string>>();
  for (const { number, path } of units) {
    const paths = chosen.get(number) ?? new Set();
    chosen.set(number, paths);
    for (const { index } of path.matchAll(/$|[.[{]/g)) paths.add(path.slice(0, index));
  }
  return (number, path) => chosen.get(number)?.has(path) ?? false;
}

async function runScene(
  scene: Scene,
  variationOf: (blueprint: Blueprint, number: number) => Variation,
): Promise<TimedTrace> {
  const written = scene.blueprints.map((blueprint, number) => {
    const values = new Map<string, { readonly text: string }[]>();
    const variation = noting(variationOf(blueprint, number), values);
    const record = varyEvent(blueprint, number, variation);
    return { record, ids: erasedIds({ blueprint, erased: erasedIn(blueprint, scene.erased), values }) };
  });
  const fromMs = Date.now();
  const records = written.map(({ record }) => record);
  const emissions = await trace(
    { plan: scene.plan, records, erased: new Set(written.flatMap(({ ids }) => ids)) },
    scene,
  );
  return { emissions, fromMs, toMs: Date.now() };
}

/** Notes what is written at each path: who is erased is known by it. */
function noting(variation: Variation, values: Map<string, { readonly text: string }[]>): Variation {
  const valueAt = (place: EventCellPlace) => {
    const value = variation.valueAt?.(place);
    if (value !== undefined) values.set(place.path, [...(values.get(place.path) ?? []), value]);
    return value;
  };
  return { ...variation, valueAt };
}

/** Nobody is erased whom an event does not name. */
function erasedIn({ people }: Blueprint, erased: readonly Role[]): readonly Role[] {
  const named = [...people.values()];
  return erased.filter((role) => named.includes(role));
}

const NONE: ReadonlySet<OutputChannel> = new Set();
/** Where it is counted what was left out of events. */
const COUNTING: ReadonlySet<OutputChannel> = new Set(["report", "command line", "log", "metric", "state file"]);
/** Where checksums of seals stand. */
const CHECKSUMS: ReadonlySet<OutputChannel> = new Set(["state file"]);

function comparisonOf({ plan, manner }: Scene) {
  const masked = manner.varies !== "hidden" || isSealed(plan);
  const counted = manner.changesShape ? COUNTING : NONE;
  return { masked, except: masked ? CHECKSUMS : counted };
}
