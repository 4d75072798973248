import { createHash } from "node:crypto";
import type { Clock, KeySource, Random } from "#delivery";
import type { Person, RandomLabel } from "#keys";
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
    keys: createKeys({ secret }),
  };
}

/** Makes keys under which some people are erased. */
export function withErased(keys: KeySource, erased: ReadonlySet<string>): KeySource {
  return {
    async open(people) {
      const batch = await keys.open(people);
      const isFenced = ({ id }: Person) => erased.has(id);
      return {
        ...batch,
        isFenced,
        sealing: (stream, tenant, owners) => (owners.some(isFenced) ? "fenced" : batch.sealing(stream, tenant, owners)),
      };
    },
  };
}

function createRandom(seed: string): Random {
  let drawn = 0;
  return (length, label) => {
    const name = label === undefined ? String(drawn++) : textOf(label);
    const blocks: Buffer[] = [];
    for (let made = 0; made < length; made += 32)
      blocks.push(createHash("sha256").update(`${seed} ${name} ${made}`).digest());
    return Buffer.concat(blocks).subarray(0, length);
  };
}

function textOf({ plan, delivery, path, purpose }: RandomLabel): string {
  return JSON.stringify([plan, delivery, path, purpose]);
}
