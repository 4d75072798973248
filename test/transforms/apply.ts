import type { Op } from "#plan";
import { type ContextOptions, createTransformContext } from "#support/transform-context";
import { prepareChain, TRANSFORMS, type Transform } from "#transforms";

/** Applies an op to a string; undefined when it is dropped. */
export function applyText(op: Op, text: string, options?: ContextOptions): string | undefined {
  const result = prepareChain([op])({ kind: "string", text }, createTransformContext(options));
  if (result !== undefined && result.kind !== "string") throw new TypeError(`expected a string, got ${result.kind}`);
  return result?.text;
}

export function getTransform(name: string): Transform {
  const transform = TRANSFORMS.get(name);
  if (transform === undefined) throw new RangeError(`expected a transform, got ${name}`);
  return transform;
}
