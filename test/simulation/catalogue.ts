import { FIFO_EVERY_EVENT_MUTANTS, FIFO_NEWEST_STATE_MUTANTS } from "./mutants/fifo.ts";
import { ENTITY_INDEX_MUTANTS, LOG_INDEX_MUTANTS } from "./mutants/indexes.ts";
import { LAKE_MUTANTS } from "./mutants/lake.ts";
import type { Scenario } from "./scenario.ts";
import { fifoEveryEventScenario, fifoNewestStateScenario } from "./scenarios/fifo.ts";
import { entityIndexScenario, logIndexScenario } from "./scenarios/indexes.ts";
import { lakeScenario } from "./scenarios/lake.ts";

/** A protocol and the bugs planted in it. */
export interface Entry {
  readonly scenario: Scenario;
  readonly mutants: readonly Scenario[];
}

export const CATALOGUE: readonly Entry[] = [
  { scenario: lakeScenario(), mutants: LAKE_MUTANTS.map(lakeScenario) },
  { scenario: logIndexScenario(), mutants: LOG_INDEX_MUTANTS.map(logIndexScenario) },
  { scenario: entityIndexScenario(), mutants: ENTITY_INDEX_MUTANTS.map(entityIndexScenario) },
  { scenario: fifoEveryEventScenario(), mutants: FIFO_EVERY_EVENT_MUTANTS.map(fifoEveryEventScenario) },
  { scenario: fifoNewestStateScenario(), mutants: FIFO_NEWEST_STATE_MUTANTS.map(fifoNewestStateScenario) },
];
