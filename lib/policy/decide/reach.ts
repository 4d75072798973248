import type { Leaf } from "../schema/tree.ts";

/** The field that holds an earlier state of the entity: what it says of a person is past, and rarely wanted. */
export const PREVIOUS_OBJECT = "previous_object";

/** Finds the `previous_object` around a leaf: its index in the chain, or undefined. */
export function findPrevious({ chain }: Leaf): number | undefined {
  const index = chain.findIndex(({ wireName }) => wireName === PREVIOUS_OBJECT);
  return index < 0 ? undefined : index;
}

/**
 * Lists the indexes of the fields whose overlays reach a leaf, nearest first: its own, then those around it.
 *
 * An overlay on what is around a previous object does not reach into it.
 */
export function overlayReach(leaf: Leaf): readonly number[] {
  return indexesOf(leaf).filter((index) => index >= (findPrevious(leaf) ?? 0));
}

/**
 * Lists the indexes of the fields whose own decisions reach a leaf, nearest first.
 *
 * Into a previous object only its own do: the messages inside are those of the current object, and what they say of a
 * field is said of the current state.
 */
export function fieldReach(leaf: Leaf): readonly number[] {
  const previous = findPrevious(leaf);
  return previous === undefined ? indexesOf(leaf) : [previous];
}

function indexesOf({ chain }: Leaf): readonly number[] {
  return chain.map((_field, index) => index).reverse();
}
