import { ConfigError } from "#errors";
import { GENERATION, type Plan, withHash } from "#plan";
import type { PlanSet } from "../policy/load-policy.ts";
import { chooseProcessors } from "./choose-processors.ts";

export interface PlanChoice {
  readonly processor?: readonly string[];
  readonly generation?: string;
}

/**
 * Takes the plans of the chosen processors, for the chosen generation of their output.
 *
 * @throws {ConfigError} when a processor is unknown, or a generation cannot be named so
 */
export function choosePlans({ plans, processors }: PlanSet, { processor, generation }: PlanChoice): readonly Plan[] {
  const names = chooseProcessors(processor, processors);
  const chosen = plans.filter((plan) => names.includes(plan.processor));
  if (generation === undefined) return chosen;
  if (!GENERATION.pattern.test(generation))
    throw new ConfigError(`expected ${GENERATION.expected}, got ${JSON.stringify(generation)}`);
  return chosen.map(({ hash: _hash, ...plan }) => withHash({ ...plan, generation }));
}
