import { describe, expect, it } from "vitest";
import { PROOF_PARTS } from "#cli/prove/proof-parts";
import type { Parts } from "#proof";
import { checkHidden, type HiddenFinding } from "../../../lib/proof/comparison/check-hidden.ts";
import { listBlueprints } from "../../../lib/proof/events/blueprint.ts";
import { isVaried } from "../../../lib/proof/metamorphic/vary-event.ts";
import { createRules } from "../../../lib/proof/oracle/rules.ts";
import { DELIVERY_PARTS } from "../../../lib/proof/system/parts.ts";
import { HIDDEN_LEAKS } from "../more-planted-leaks.ts";
import { isFound } from "../planted-leaks.ts";
import { compileSmallPolicy } from "../policy.ts";

const POLICY = await compileSmallPolicy();
const BLUEPRINTS = listBlueprints(POLICY).filter(isVaried);

/** Stops at the first finding: the rest would be of the same leak. */
async function findFirst(parts: Partial<Parts>, wanted: (finding: HiddenFinding) => boolean): Promise<boolean> {
  const stop = new Error("found");
  const run = checkHidden({
    plans: POLICY.plans.filter(({ processor }) => processor === "SEARCH"),
    policy: POLICY.hash,
    parts: { ...DELIVERY_PARTS, ...PROOF_PARTS, ...parts },
    seed: "test",
    blueprints: BLUEPRINTS,
    rules: createRules(POLICY),
    draws: 1,
    blames: false,
    report(finding) {
      if (wanted(finding)) throw stop;
    },
    onProgress: () => undefined,
  });
  return run.then(
    () => false,
    (error: unknown) => error === stop || Promise.reject(error),
  );
}

describe("values that may not be seen", () => {
  it.each(HIDDEN_LEAKS)("are seen by $name", async (leak) => {
    const isWanted = ({ plan, channel }: HiddenFinding) =>
      isFound(
        [
          {
            processor: plan.processor,
            channel,
            how: "it depends on a value that may not be seen",
            schema: "",
            type: "",
            path: "",
            standing: "declared",
            class: "PUBLIC",
            count: 1,
          },
        ],
        leak,
      );
    expect(await findFirst(leak.parts, isWanted)).toBe(true);
  });

  it("make no difference in a system that does what its policy says", async () => {
    expect(await findFirst({}, () => true)).toBe(false);
  });
});
