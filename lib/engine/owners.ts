import type { Subject } from "#feeds";
import type { CheckedCell } from "./check.ts";
import type { EventForPlan } from "./event-for-plan.ts";
import { ownersIn, type People, personKey } from "./people.ts";

/** Everybody whom a value is about, or could be; what delivery made itself may be made of anybody's. */
export function ownersOf({ place, source = place, scope }: CheckedCell, people: People): readonly Subject[] {
  if (scope === undefined || source.isAnybodys) return people.all;
  return ownersIn(source.cell.about ?? "TARGET", scope, people);
}

/** Makes what tells whether a value is about somebody who is erased, and must not leave. */
export function goneTest({ fenced, people }: EventForPlan): (cell: CheckedCell) => boolean {
  if (fenced.length === 0) return () => false;
  const erased = new Set(fenced.map(personKey));
  return (checked) => isDropped(checked) && ownersOf(checked, people).some((owner) => erased.has(personKey(owner)));
}

function isDropped({ place, source = place }: CheckedCell): boolean {
  return place.cell.onFence === "drop" || source.cell.onFence === "drop";
}
