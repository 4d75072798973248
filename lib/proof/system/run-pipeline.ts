import { inspect } from "node:util";
import {
  createPipeline,
  createQuarantine,
  createTally,
  type Delivery,
  type Incoming,
  type Outlet,
  type Sink,
} from "#delivery";
import { openDirectory } from "#delivery/directory/open-directory";
import type { EnrichFacts } from "#engine";
import type { Plan } from "#plan";
import { type Emit, emitValue } from "./channels.ts";
import { createMemoryDisk, type MemoryDisk } from "./memory-files.ts";
import type { Parts } from "./parts.ts";
import { type Stage, withErased } from "./stage.ts";

/** What a run works on. */
export interface PipelineRun {
  readonly plans: readonly Plan[];
  /** Hash of the policy. */
  readonly policy: string;
  readonly parts: Parts;
  readonly stage: Stage;
  /** Canonical ids of people who are erased. */
  readonly erased: ReadonlySet<string>;
  readonly emit: Emit;
  /** Learns of what each sink is handed. */
  onDelivery(plan: Plan, delivery: Delivery): void;
}

/** Generated values of the run. */
export const FACTS: EnrichFacts = {
  SPACE: "proof",
  POP: "proof",
  REGION: "eu-west-1",
  CLOUD: "local",
  DEPLOYMENT_VERSION: "0",
};

const OUT = "/out";

/**
 * Takes records to an output directory as `shield run` does, and emits everything that is written: files, their names,
 * report.json, what is printed, failures.
 */
export async function runPipeline(batch: readonly Incoming[], run: PipelineRun): Promise<void> {
  const { plans, policy, parts, stage, emit } = run;
  const disk = createMemoryDisk();
  const { clock, random, keys } = stage;
  const processes = {
    self: { host: "proof", machine: "", boot: "", namespace: "", pid: 1, started: "" },
    isAlive: () => false,
  };
  const directory = await openDirectory({
    files: disk.files,
    processes,
    directory: OUT,
    plans,
    keyName: (stream) => keys.keyName(stream),
    clock,
    random,
  });
  const pipeline = createPipeline({
    outlets: directory.outlets.map((outlet) => watchOutlet(outlet, run)),
    enforcer: parts.engine.link(plans),
    quarantine: createQuarantine({ sink: directory.quarantine, random }),
    keys: withErased(keys, run.erased),
    clock,
    random,
    facts: FACTS,
    onFailure: (_, failure) => emitFailure(emit, failure),
  });
  const processors = plans.map(({ processor }) => processor);
  const tally = createTally({ policy, processors, key: (await keys.open([])).keyOf({ purpose: "name" }) });
  for (const processed of await pipeline.process(batch)) tally.add(processed);
  await directory.publish();
  await directory.close();
  emitFiles(disk, processors, emit);
  const report = tally.report();
  emitValue(emit, { processor: "", channel: "report" }, parts.writeReport(report));
  emitValue(emit, { processor: "", channel: "command line" }, parts.renderReport?.(report));
}

/** Notes what the sink is handed, by whatever the parts put before it. */
function watchOutlet({ plan, sink }: Outlet, { parts, emit, onDelivery }: PipelineRun): Outlet {
  const watched: Sink = {
    async deliver(batch, deadlineMs) {
      for (const delivery of batch) {
        onDelivery(plan, delivery);
        emitDelivery(plan, delivery, emit);
      }
      return sink.deliver(batch, deadlineMs);
    },
  };
  return { plan, sink: parts.sinkOf(watched, plan) };
}

function emitDelivery({ processor }: Plan, { payload, attributes, deliveryId, entityKey }: Delivery, emit: Emit): void {
  emitValue(emit, { processor, channel: "payload" }, payload);
  emitValue(emit, { processor, channel: "attribute" }, attributes);
  emitValue(emit, { processor, channel: "dedup id" }, deliveryId);
  emitValue(emit, { processor, channel: "group id" }, entityKey);
}

/** Everything an operator could be shown of it. */
function emitFailure(emit: Emit, failure: unknown): void {
  emitValue(emit, { processor: "", channel: "failure" }, inspect(failure, { depth: 10, maxStringLength: null }));
}

const QUARANTINE_FOLDER = "quarantine";

function emitFiles(disk: MemoryDisk, processors: readonly string[], emit: Emit): void {
  for (const { paths, bytes } of disk.everyFile()) {
    const names = paths.flatMap((path) => path.split("/").map(withoutEnding));
    const processor = processors.find((name) => names.includes(name)) ?? "";
    const own = names.includes(QUARANTINE_FOLDER) ? "quarantine" : "state file";
    for (const path of paths) emitValue(emit, { processor, channel: "file name" }, path);
    emitValue(emit, { processor, channel: processor === "" ? own : "file" }, bytes);
  }
}

/** The processor's part of a name: files that wait to become a processor's are named after it. */
function withoutEnding(name: string): string {
  return name.replace(/[@.-].*$/, "");
}
