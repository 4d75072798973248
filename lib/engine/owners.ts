import type { Subject } from "#feeds";
import type { CheckedCell, Kept } from "./check.ts";
import type { EventForPlan } from "./event-for-plan.ts";
import { ownersIn, type People, personKey, personsOf } from "./people.ts";

/** What somebody could be the owner of. */
export type Owned = Pick<CheckedCell, "source"> & Partial<Pick<CheckedCell | Kept, "place" | "scope" | "isKeyed">>;

/** Everybody whom a value is about, or could be; what delivery made itself may be made of anybody's. */
export function ownersOf({ place, source = place, scope }: Owned, people: People): readonly Subject[] {
  if (scope === undefined || source === undefined || source.isAnybodys) return people.all;
  return ownersIn(source.cell.about ?? "TARGET", scope, people);
}

/** The people whose keys together open a value that is about somebody: everybody's, where nobody can tell whose it is. */
export function keyHoldersOf(owned: Owned, people: People): readonly Subject[] {
  const owners = personsOf(ownersOf(owned, people));
  return owners.length > 0 ? owners : personsOf(people.all);
}

/** Makes what tells whether a value is about somebody who is erased, and must not leave. */
export function goneTest({ fenced, people }: EventForPlan): (owned: Owned) => boolean {
  if (fenced.length === 0) return () => false;
  const erased = new Set(fenced.map(personKey));
  return (owned) => isAboutPeople(owned) && ownersOf(owned, people).some((owner) => erased.has(personKey(owner)));
}

/** Tells whether a value is about people at all, as far as the policy says. */
export function isAboutPeople({ place, source = place, scope }: Owned): boolean {
  return place === undefined ? scope !== undefined : place.cell.onFence === "drop" || source?.cell.onFence === "drop";
}
