import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pinOf } from "#delivery";
import { createAws } from "#delivery/aws/aws";
import { pinInLedger } from "#delivery/pin-in-ledger";
import { readEnv } from "#environment";
import { readPlan } from "#plan";
import { createSafeLog } from "../runtime/safe-log.ts";
import { createSafeMetrics } from "../runtime/safe-metrics.ts";
import { systemClock as clock, systemRandom as random } from "../runtime/system.ts";
import { createObserver } from "./observer.ts";
import { openEnforcer } from "./open-enforcer.ts";
import { openSecretKeys } from "./open-keys.ts";
import { openTable } from "./sinks/open-ledger.ts";

const env = readEnv(process.env);
const plan = readPlan(await readFile(join(env.LAMBDA_TASK_ROOT, "plan.json")));
const observer = createObserver({ log: createSafeLog(plan.processor), metrics: createSafeMetrics(plan.processor) });
const aws = createAws({ variables: process.env, clock, random });
const keys = await openSecretKeys({ env, aws });
await pinInLedger(pinOf(plan, keys.keyName(plan)), plan.hash, openTable({ env, aws, clock }));

/** Takes the events of the inlet through the plan beside it. */
export const handler = await openEnforcer({ env, plan, aws, keys, observer, clock, random });
