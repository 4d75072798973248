import type { Plan, Role } from "#plan";
import type { Blueprint } from "../events/blueprint.ts";
import { type CellValue, listLeaves } from "../events/walk.ts";
import type { Rules } from "../oracle/rules.ts";

/** A value of one event that may be another one. */
export interface Unit extends CellValue {
  /** Position of the event. */
  readonly number: number;
}

/** What decides which values a processor may not see. */
export interface UnitOptions {
  readonly plan: Plan;
  readonly blueprints: readonly Blueprint[];
  /** The roles in which the events are about people who are erased. */
  readonly erased: readonly Role[];
  readonly rules: Rules;
}

/** Lists the values of all events on which nothing depends but what is made of their fields. */
export function listUnits({ plan, blueprints }: Pick<UnitOptions, "plan" | "blueprints">): readonly Unit[] {
  const moving = listMoving(plan);
  return blueprints.flatMap((blueprint, number) =>
    listLeaves(blueprint)
      .filter(({ path }) => !blueprint.pinned.has(path) && !moving(blueprint, path))
      .map((leaf) => ({ ...leaf, number })),
  );
}

/** What leaves beside the fields says itself what it is made of. */
function listMoving({ delivery }: Plan) {
  const named = new Set<string>();
  let byPeople = delivery.sampling?.by === "SUBJECT";
  for (const { channel, dependsOn } of delivery.transport) {
    for (const each of dependsOn) {
      if ("path" in each) named.add(`${each.schema} ${each.path}`);
      if ("event" in each && each.event === "subjects" && channel !== "seal") byPeople = true;
    }
  }
  return ({ schema, people }: Blueprint, path: string): boolean =>
    named.has(`${schema} ${path}`) || (byPeople && people.has(path));
}

/** Tells whether a processor may not even see how many values there are at a path or below it. */
export function isHiddenBelow(
  path: string,
  blueprint: Blueprint,
  { plan, erased, rules }: Omit<UnitOptions, "blueprints">,
): boolean {
  const event = { schema: blueprint.schema, type: blueprint.type ?? "", erased };
  const below = listLeaves(blueprint).filter((leaf) =>
    [".", "[]", "{"].some((sign) => leaf.path.startsWith(path + sign)),
  );
  return (
    below.length > 0 &&
    below.every(
      (leaf) => rules.isUnseen(plan.processor, { ...event, path: leaf.path }) && !blueprint.pinned.has(leaf.path),
    )
  );
}
