import type { Clock, KeySource, Random, Report, Sink } from "#delivery";
import type { Handler } from "#delivery/aws/client-settings";
import { type Engine, referenceEngine } from "#engine";
import { type Read, readRecord } from "#feeds";
import type { Plan } from "#plan";
import { re2 } from "#plan/re2";
import { createLocalKeys, type LocalKeys, type LocalKeysOptions } from "#vault";

/** What is put to the proof. Whoever wants to see the proof fail replaces a part by one that leaks. */
export interface Parts {
  readonly read: Read;
  readonly engine: Engine;
  createKeys(options: LocalKeysOptions): LocalKeys;
  /** The sink of a plan as a pipeline uses it, given the one that was opened. */
  sinkOf(sink: Sink, plan: Plan): Sink;
  /** Writes report.json. */
  writeReport(report: Report): string;
  /** Writes what a command prints of a run. */
  renderReport?(report: Report): string;
  /** Opens what is deployed for a plan. */
  openEnforcer?: OpenEnforcer;
}

/** Opens the function that takes a plan's events on AWS. */
export type OpenEnforcer = (plan: Plan, world: EnforcerWorld) => Promise<Enforce>;

/** Takes records as an invocation by a queue would hand them over. */
export type Enforce = (records: readonly string[]) => Promise<unknown>;

/** What an enforcer would find on AWS. */
export interface EnforcerWorld {
  readonly keys: KeySource;
  readonly clock: Clock;
  readonly random: Random;
  /** Takes requests to AWS. */
  readonly handler: Handler;
}

/** The parts that this folder can reach; a command line adds what is its own. */
export const DELIVERY_PARTS: Parts = {
  read: readRecord,
  engine: { link: (plans) => referenceEngine.link(plans, re2) },
  createKeys: createLocalKeys,
  sinkOf: (sink) => sink,
  writeReport: (report) => JSON.stringify(report, undefined, 2),
};
