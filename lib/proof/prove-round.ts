import { isSealed } from "#plan";
import type { Canary } from "./canaries/canary.ts";
import type { Spot } from "./canaries/spot.ts";
import type { Round } from "./events/plant-round.ts";
import { findCanaries } from "./judge-emissions.ts";
import type { LeakBook } from "./leak-book.ts";
import { judgePayload } from "./oracle/judge-payload.ts";
import type { Rules } from "./oracle/rules.ts";
import { type RoundOutput, runRound, type SystemUnderTest } from "./run-round.ts";
import { createSearcher } from "./search/search.ts";

/** What rounds are proved with. */
export interface Proving extends SystemUnderTest {
  readonly rules: Rules;
  readonly leaks: LeakBook;
}

export interface ProvedRound {
  /** Canaries that each processor has seen as allowed. */
  readonly seen: ReadonlyMap<string, ReadonlySet<Canary>>;
  /** Bytes searched, by channel. */
  readonly searched: ReadonlyMap<string, number>;
}

/** Takes a round through the system, searches everything that left and compares every payload with its event. */
export async function proveRound(round: Round, proving: Proving): Promise<ProvedRound> {
  const output = await runRound(round, proving);
  const seen = new Map(proving.plans.map(({ processor }) => [processor, new Set<Canary>()]));
  const note = (processor: string, canaries: Iterable<Canary>) => {
    for (const canary of canaries) seen.get(processor)?.add(canary);
  };
  comparePayloads(output, proving, note);
  await searchEmissions(output, round, { proving, note });
  return { seen, searched: countBytes(output) };
}

type Note = (processor: string, canaries: Iterable<Canary>) => void;

function comparePayloads({ payloads }: RoundOutput, { rules, leaks }: Proving, note: Note): void {
  for (const given of payloads) {
    const { processor } = given.plan;
    const { faults, seen } = judgePayload(given, rules);
    note(processor, seen);
    for (const { path, how } of faults) {
      const { schema, type, erased } = given.event;
      const spot: Spot = {
        schema,
        type,
        path,
        erased,
        standing: how === "nobody declares it" ? "undeclared" : "declared",
      };
      leaks.add({ processor, channel: "payload", ...placeOf(spot, rules), how });
    }
  }
}

async function searchEmissions(
  { emissions }: RoundOutput,
  { canaries, hashed }: Round,
  { proving, note }: { readonly proving: Proving; readonly note: Note },
): Promise<void> {
  const { rules, leaks, plans } = proving;
  const searcher = createSearcher({ texts: canaries.map(({ text }) => text), hashed });
  const sealed = new Set(plans.filter(isSealed).map(({ processor }) => processor));
  for (const { emission, canary, find, allowed } of await findCanaries(emissions, {
    rules,
    searcher,
    canaries,
    sealed,
  })) {
    const { processor, channel } = emission;
    if (allowed) note(processor, [canary]);
    else leaks.add({ processor, channel, ...placeOf(canary.spot, rules), how: find.spelling });
  }
}

function placeOf({ schema, type, path, standing, ...spot }: Spot, rules: Rules) {
  return { schema, type, path, standing, class: rules.classOf({ schema, type, path, standing, ...spot }) };
}

function countBytes({ emissions }: RoundOutput): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (const { channel, bytes: own } of emissions) bytes.set(channel, (bytes.get(channel) ?? 0) + own.length);
  return bytes;
}
