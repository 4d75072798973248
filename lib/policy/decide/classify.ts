import type { Leaf } from "../schema/tree.ts";
import type { ClassificationDecl, FieldDecl } from "../source/declarations.ts";
import type { Classification, VariantContext } from "./question.ts";

/**
 * Finds what is written about what a leaf is: the nearest overlay, else the nearest field that is classified itself or
 * by the `default_classification` of its message.
 */
export function findClassification(leaf: Leaf, around: VariantContext): ClassificationDecl | undefined {
  const depths = leaf.chain.map((_field, index) => index).reverse();
  return (
    first(depths, (index) => ofOverlay(leaf.targets[index], around)) ??
    first(depths, (index) => ofField(leaf.chain[index], around)) ??
    ofKeys(leaf)
  );
}

/** Keys that nothing is said of are names under an open object. */
function ofKeys({ isKey, chain }: Leaf): ClassificationDecl | undefined {
  const place = chain.at(-1)?.place;
  return isKey && place ? { class: "CUSTOMER_CONTENT", kind: "OPEN_OBJECT", place } : undefined;
}

/** Tells whether a classification names a class; one without is no classification. */
export function isComplete(found: ClassificationDecl | undefined): found is ClassificationDecl & Classification {
  return found?.class !== undefined;
}

function ofOverlay(target: string | undefined, { overlays }: VariantContext): ClassificationDecl | undefined {
  const here = (target !== undefined && overlays.get(target)) || [];
  return here.find(({ classification }) => classification !== undefined)?.classification;
}

function ofField(field: FieldDecl | undefined, { messages }: VariantContext): ClassificationDecl | undefined {
  if (field === undefined) return undefined;
  const { covers } = messages.get(field.message) ?? {};
  return field.classification ?? (covers?.covers.includes(field.name) ? covers : undefined);
}

/** Returns the first result that is there. */
export function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
