import { createHash } from "node:crypto";
import type { BatchKeys, Clock, KeySource, Random } from "#delivery";
import type { LocalKeys } from "#vault";
import { PROOF_TIME_MS } from "../events/text-forms.ts";
import type { Parts } from "./parts.ts";

/** Clock, randomness and keys of one run: the same seed gives the same bytes everywhere. */
export interface Stage {
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: LocalKeys;
}

/** An hour after the events. */
const NOW_MS = PROOF_TIME_MS + 3_600_000;

export function createStage(seed: string, { createKeys }: Pick<Parts, "createKeys">): Stage {
  const random = createRandom(seed);
  const secret = createHash("sha256").update(`secret ${seed}`).digest();
  return {
    clock: { nowMs: () => NOW_MS, sleep: async () => undefined },
    random,
    keys: createKeys({ secret, random }),
  };
}

/** Makes keys under which some people are erased. */
export function withErased(keys: KeySource, erased: ReadonlySet<string>): KeySource {
  return {
    async open(subjects): Promise<BatchKeys> {
      const batch = await keys.open(subjects);
      return {
        ...batch,
        isFenced: ({ id }) => erased.has(id),
        seal: (processor, subject) => (subject && erased.has(subject.id) ? "fenced" : batch.seal(processor, subject)),
      };
    },
  };
}

function createRandom(seed: string): Random {
  let drawn = 0;
  return (length) => {
    const blocks: Buffer[] = [];
    for (let made = 0; made < length; made += 32)
      blocks.push(createHash("sha256").update(`${seed} ${drawn++}`).digest());
    return Buffer.concat(blocks).subarray(0, length);
  };
}
