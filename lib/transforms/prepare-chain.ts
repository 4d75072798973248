import type { JsonValue } from "#json";
import type { Op } from "#plan";
import { checkOp } from "./check-op.ts";
import { getTransform } from "./table.ts";
import type { Apply } from "./transform.ts";

/**
 * Makes one function of a chain: each op treats what the one before it left.
 *
 * A value that is dropped stays dropped, and every transform drops what it does not take.
 *
 * @throws {RangeError} when there is no such transform or its parameters are not valid; the compiler says so earlier
 */
export function prepareChain(ops: readonly Op[]): Apply {
  const steps = ops.map(prepareStep);
  return (value, context) => {
    let result: JsonValue | undefined = value;
    for (const step of steps) result = result && step(result, context);
    return result;
  };
}

function prepareStep(op: Op): Apply {
  const transform = getTransform(op);
  const [breach] = checkOp(transform, op);
  if (breach !== undefined) throw new RangeError(`${breach} in ${transform.name}`);
  return transform.prepare(op);
}
