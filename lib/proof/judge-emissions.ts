import type { Canary } from "./canaries/canary.ts";
import { EVERYTHING } from "./oracle/op-oracle.ts";
import type { Rules } from "./oracle/rules.ts";
import type { Find, Searcher } from "./search/search.ts";
import { CHANNELS, type Emission } from "./system/channels.ts";
import { unpack } from "./system/unpack.ts";

/** What emissions are judged by. */
export interface Judge {
  readonly rules: Rules;
  readonly searcher: Searcher;
  readonly canaries: readonly Canary[];
  /** Processors whose payloads are sealed: nothing of them can be read where it is not opened. */
  readonly sealed: ReadonlySet<string>;
}

/** A canary in an output. */
export interface Sighting {
  readonly emission: Emission;
  readonly canary: Canary;
  readonly find: Find;
  /** The policy lets it be there, so long and so spelled. */
  readonly allowed: boolean;
}

/** Searches everything that left, and tells of each canary whether it may be where it is. */
export async function findCanaries(emissions: readonly Emission[], judge: Judge): Promise<readonly Sighting[]> {
  const sightings: Sighting[] = [];
  for (const emission of emissions) {
    const unpacked = await unpack(emission.bytes);
    for (const bytes of [emission.bytes, ...(unpacked ? [unpacked] : [])]) {
      for (const find of judge.searcher.find(bytes)) sightings.push(judgeFind(find, emission, judge));
    }
  }
  return sightings;
}

function judgeFind(find: Find, emission: Emission, { rules, canaries, sealed }: Judge): Sighting {
  const canary = canaries[find.text];
  if (canary === undefined) throw new RangeError("expected a canary of the round, got a find of none");
  const { processor, channel } = emission;
  const isReadable = CHANNELS[channel].holdsPayloads && (!sealed.has(processor) || channel === "opened payload");
  const ofPayload = isReadable ? rules.allowanceOf(processor, canary) : 0;
  const allowance = CHANNELS[channel].holdsEnvelope ? rules.besideBodies(processor, canary) : ofPayload;
  // What may show whole shows as it came in; any other spelling is another copy.
  const isSpelledAsPlanted = allowance < EVERYTHING || find.spelling === canary.carriage;
  return { emission, canary, find, allowed: find.length <= allowance && isSpelledAsPlanted };
}
