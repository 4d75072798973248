import type { Blueprint } from "../events/blueprint.ts";
import { type CellValue, listLeaves } from "../events/walk.ts";

/** Tells whether a place belongs to the half of its event's places that a run changes. */
export type IsChosen = (path: string) => boolean;

/** Lists the places of an event that can be changed without making it another event; each path once. */
export function listChangeable(blueprint: Blueprint): readonly CellValue[] {
  return listLeaves(blueprint).filter(({ path }) => !blueprint.pinned.has(path) && !blueprint.people.has(path));
}

/** How many ways there are to halve the places of every blueprint so that each is told from each other one. */
export function countHalves(blueprints: readonly Blueprint[]): number {
  const most = Math.max(0, ...blueprints.map((blueprint) => listChangeable(blueprint).length));
  return 2 * Math.ceil(Math.log2(most + 1));
}

/**
 * Chooses a half of the places by one bit of their numbers: of any two places each is, in some half, chosen without the
 * other. So a value that depends on another place's is seen, in a few runs instead of one for each place.
 */
export function chooseHalf(blueprint: Blueprint, half: number): IsChosen {
  const numbers = new Map(listChangeable(blueprint).map(({ path }, number) => [path, number]));
  return (path) => {
    const number = numbers.get(path);
    return number !== undefined && ((number >> (half >> 1)) & 1) === (half & 1);
  };
}
