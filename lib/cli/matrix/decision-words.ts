import { describeOps } from "#plan";
import type { CellInfo, Origin } from "#policy";

/** Writes a decision: its transforms, and those of each output field where a value is taken more than once. */
export function describeCell({ transforms, outputs }: Pick<CellInfo, "transforms" | "outputs">): string {
  if (outputs === undefined) return describeOps(transforms);
  return outputs.map(({ field, transforms: own }) => `${field}: ${describeOps(own)}`).join(", ");
}

/** Writes where a decision is from: `default for PII EMAIL, processors.proto:31`. */
export function describeOrigin({ how, file, line }: Origin): string {
  return line > 0 ? `${how}, ${file}:${line}` : how;
}
