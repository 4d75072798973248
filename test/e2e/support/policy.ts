import { fileURLToPath } from "node:url";
import type { Plan } from "#plan";
import { buildFolder, compile } from "#support/descriptors";

const POLICIES = fileURLToPath(new URL("../policies", import.meta.url));

/** The plans of the end-to-end test. */
export interface Plans {
  readonly lake: Plan;
  readonly queue: Plan;
  readonly search: Plan;
}

/** Compiles the policy of the end-to-end test. */
export async function compilePlans(): Promise<Plans> {
  const { plans } = compile(await buildFolder(POLICIES));
  const [lake, queue, search] = ["EVENT_LAKE", "USER_QUEUE", "USER_SEARCH"].map((name) => {
    const plan = plans.find(({ processor }) => processor === name);
    if (plan === undefined) throw new Error(`expected ${name} in ${POLICIES}, got none`);
    return plan;
  }) as [Plan, Plan, Plan];
  return { lake, queue, search };
}
