import { createTally } from "#delivery";
import type { Envelope } from "#feeds";
import { createDriftFinder, type DriftFinderOptions } from "./drift-finder.ts";
import { type DriftFindings, listFindings } from "./findings.ts";
import { createNameMemory } from "./reveal-names.ts";

/** Finds drift in events at hand, every name of it: whoever has the events has the names. */
export interface EventsLook {
  look(event: Envelope): void;
  findings(): DriftFindings;
}

/** As many as a report tells apart, of fields and of event types. */
const MAX_NAMES = 20_000;

/** Looks at events without a run: nothing is delivered, and nothing but the findings is kept. */
export function createEventsLook(options: DriftFinderOptions): EventsLook {
  const key = options.keys.keyOf({ purpose: "name" });
  const driftOf = createDriftFinder(options);
  const names = createNameMemory(key, (_, remembered) => remembered < MAX_NAMES);
  const tally = createTally({ policy: "", processors: [""], key });
  return {
    look(event) {
      const drift = driftOf(event);
      if (drift === undefined) return;
      names.note(event, drift);
      tally.add({ record: event, subjects: [], outcomes: [{ kind: "delivered", drops: [], drift }] });
    },
    findings: () => listFindings(tally.report().drift ?? { events: 0, types: [], fields: [] }, names),
  };
}
