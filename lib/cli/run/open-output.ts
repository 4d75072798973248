import { setTimeout } from "node:timers/promises";
import { createPipeline, createQuarantine, createTally, ENGINE, type Pipeline, type Tally } from "#delivery";
import { nodeFiles } from "#delivery/directory/node-files";
import { nodeProcesses } from "#delivery/directory/node-processes";
import { openDirectory } from "#delivery/directory/open-directory";
import { type EnrichFacts, referenceEngine } from "#engine";
import type { ThrownDescription } from "#errors";
import { loadPatterns, type Plan } from "#plan";
import type { LocalKeys } from "#vault";
import type { Io } from "../io.ts";
import type { PlanSet } from "../policy/load-policy.ts";
import { createDefects } from "./defects.ts";
import { openRunRecords, type RunRecords } from "./run-records.ts";
import { writeStoreFiles } from "./write-store-files.ts";

export interface OutputOptions {
  readonly directory: string;
  readonly plans: readonly Plan[];
  readonly policy: PlanSet;
  readonly keys: LocalKeys;
}

/** The output directory, and the way of events into it. */
export interface OpenedOutput {
  readonly pipeline: Pipeline;
  readonly tally: Tally;
  /** Their outcomes come in this order. */
  readonly processors: readonly string[];
  readonly records: RunRecords;
  sleep(ms: number): Promise<void>;
  /** The first failure that a sink had no answer for. */
  failure(): unknown;
  /** What the engine threw since it was asked last, each kind once: the events are rejected. */
  takeDefects(): readonly ThrownDescription[];
  publish(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the output directory for this process alone, and links the plans. */
export async function openOutput({ directory, plans, policy, keys }: OutputOptions, io: Io): Promise<OpenedOutput> {
  const { random } = io;
  const opened = await openDirectory({
    files: nodeFiles,
    processes: nodeProcesses(),
    directory,
    plans,
    keyName: (stream) => keys.keyName(stream),
    clock: { nowMs: io.nowMs, sleep: (ms: number) => setTimeout(ms) },
    random,
  });
  const { clock } = opened;
  const failures: unknown[] = [];
  const defects = createDefects();
  const pipeline = createPipeline({
    outlets: opened.outlets,
    enforcer: referenceEngine.link(plans, await loadPatterns(plans)),
    clock,
    random,
    facts: factsOf(policy, io),
    quarantine: createQuarantine({ sink: opened.quarantine, random }),
    keys,
    onFailure: (where, failure) => (where === ENGINE ? defects.add(failure) : failures.push(failure)),
  });
  const processors = plans.map(({ processor }) => processor);
  const tally = createTally({
    policy: policy.hash,
    processors,
    key: (await keys.open([])).keyOf({ purpose: "name" }),
  });
  const { publish, close } = opened;
  const records = await openRunRecords(directory);
  await writeStoreFiles(directory, plans);
  const told = { failure: () => failures[0], takeDefects: defects.take };
  return { pipeline, tally, processors, records, sleep: clock.sleep, ...told, publish, close };
}

function factsOf({ space }: PlanSet, { install }: Io): EnrichFacts {
  return {
    SPACE: space.name,
    ...(space.pop && { POP: space.pop.name }),
    REGION: space.region,
    CLOUD: "local",
    DEPLOYMENT_VERSION: install.version,
  };
}
