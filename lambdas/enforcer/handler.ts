import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createAws } from "#delivery/aws/aws";
import { readEnv } from "#environment";
import { readPlan } from "#plan";
import { createSafeLog } from "../runtime/safe-log.ts";
import { createSafeMetrics } from "../runtime/safe-metrics.ts";
import { systemClock as clock, systemRandom as random } from "../runtime/system.ts";
import { createObserver } from "./observer.ts";
import { openEnforcer } from "./open-enforcer.ts";
import { createPinnedKeys } from "./pinned-keys.ts";

const env = readEnv(process.env);
const plan = readPlan(await readFile(join(env.LAMBDA_TASK_ROOT, "plan.json")));
const observer = createObserver({ log: createSafeLog(plan.processor), metrics: createSafeMetrics(plan.processor) });
const aws = createAws({ variables: process.env, clock, random });
const keys = createPinnedKeys({ env, plan, aws, clock });

/** Lambda allows ten seconds for starting; a batch tries again what does not succeed by then. */
const START_MS = 8_000;
await keys.open([], clock.nowMs() + START_MS).catch(observer.onFailure);

/** Takes the events of the inlet through the plan beside it. */
export const handler = await openEnforcer({ env, plan, aws, keys, observer, clock, random });
