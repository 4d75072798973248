import { type ClaimLedger, type Clock, type KeySource, pinOf } from "#delivery";
import type { Aws } from "#delivery/aws/aws";
import { pinInLedger } from "#delivery/pin-in-ledger";
import type { EnforcerEnv, RuntimeEnv } from "#environment";
import type { Plan } from "#plan";
import { createLazyKeys } from "./lazy-keys.ts";
import { openSecretKeys } from "./open-keys.ts";
import { openTable } from "./sinks/open-ledger.ts";

export interface PinnedKeysParts {
  readonly env: EnforcerEnv & RuntimeEnv;
  readonly plan: Plan;
  readonly aws: Aws;
  readonly clock: Clock;
}

/** Makes keys that are fetched once, when they can be, and held to those that the generation was begun under. */
export function createPinnedKeys({ env, plan, aws, clock }: PinnedKeysParts): KeySource {
  const table = openTable({ env, aws, clock });
  return createLazyKeys(async (deadlineMs) => {
    const opened = await openSecretKeys({ env, aws, deadlineMs });
    const insert: ClaimLedger["insert"] = (key, claim) => table.insert(key, claim, deadlineMs);
    await pinInLedger(pinOf(plan, opened.keyName(plan)), plan.hash, { insert });
    return opened;
  });
}
