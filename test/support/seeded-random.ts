import { createHash } from "node:crypto";
import type { Random } from "#delivery";

/** Random bytes that are the same for the same seed. */
export function createSeededRandom(seed: string): Random {
  let drawn = 0;
  return (length) => {
    const blocks: Buffer[] = [];
    while (blocks.length * 32 < length) blocks.push(createHash("sha256").update(`${seed} ${drawn++}`).digest());
    return Buffer.concat(blocks).subarray(0, length);
  };
}

/** Draws whole numbers below a bound. */
export function createDraw(seed: string): (below: number) => number {
  const random = createSeededRandom(seed);
  return (below) => Buffer.from(random(6)).readUIntBE(0, 6) % below;
}
