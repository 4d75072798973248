import { CLASSES, type DeliverySpec, type Enrichment, FIRST_GENERATION } from "#plan";
import type { Found } from "../breach.ts";
import type { FieldDecl, PolicySource, ProcessorDecl } from "../source/declarations.ts";
import type { ProcessorOption } from "../source/options.ts";
import type { SpaceFacts } from "../space.ts";
import { checkDefaults } from "./check-defaults.ts";
import { checkProcessor } from "./check-processor.ts";
import { JURISDICTIONS } from "./jurisdictions.ts";
import { defaultKey, type OutputMessage, type Processor } from "./processor.ts";
import { resolveRegion } from "./resolve-region.ts";

/** Reads the processors as they are in a Space. One without an option is left out. */
export function resolveProcessors(source: PolicySource, space: SpaceFacts): Found<readonly Processor[]> {
  const found = source.processors.map((decl) => resolveProcessor(decl, source, space));
  return { found: found.flatMap((each) => each.found), breaches: found.flatMap(({ breaches }) => breaches) };
}

function resolveProcessor(decl: ProcessorDecl, source: PolicySource, space: SpaceFacts): Found<readonly Processor[]> {
  const { option, name, place } = decl;
  if (option === undefined) {
    const message = `expected the processor option on ${name}, got none`;
    const help = "write (auth0.proto.options.processors.v1.processor) = { purpose: …, owner: …, sink: …, … }";
    return { found: [], breaches: [{ code: "POLICY_PROCESSOR", place, message, help }] };
  }
  const region = resolveRegion(decl, space);
  const output = outputOf(option, source);
  const breaches = [...checkProcessor(decl, option, source), ...region.breaches, ...checkDefaults(decl)];
  const processor: Processor = {
    name,
    decl,
    generation: option.generation ?? FIRST_GENERATION,
    catchAll: option.catch_all ?? false,
    dropsOpenObjects: option.open_objects === "DROP",
    delivery: deliveryOf(option, region.region ?? space.region),
    ...(output && { output }),
    defaults: new Map(decl.defaults.flatMap((each) => (each.class ? [[defaultKey(each.class, each.kind), each]] : []))),
    ceilings: region.region === undefined ? new Map() : ceilingsOf(option, region.region, { source, space }),
  };
  return { found: [processor], breaches };
}

function deliveryOf(option: ProcessorOption, region: string): Processor["delivery"] {
  const { sink = "LAKE", mode = "EVERY_EVENT", format = "JSON", tier = "SPACE", retention, metadata = [] } = option;
  const sampling = samplingOf(option);
  return {
    sink,
    mode,
    format,
    tier,
    region,
    ...(retention?.days !== undefined && { retentionDays: retention.days }),
    ...(sampling && { sampling }),
    metadata: metadata as readonly Enrichment[],
    testEvents: option.test_events ?? false,
  };
}

function samplingOf({ sampling }: ProcessorOption): DeliverySpec["sampling"] {
  return sampling && { rate: sampling.rate ?? 0, by: sampling.by ?? "EVENT" };
}

function outputOf({ output: name = "" }: ProcessorOption, { messages }: PolicySource): OutputMessage | undefined {
  const message = messages.get(name);
  if (message === undefined) return undefined;
  const picks = new Map<string, FieldDecl[]>();
  for (const field of message.fields) {
    // A list of values is named with and without its `[]`.
    const target = field.source?.replace(/\[\]$/, "");
    if (target !== undefined) picks.set(target, [...(picks.get(target) ?? []), field]);
  }
  return { message, picks };
}

/** Ceilings hold for a tier, for what leaves the jurisdiction of the Space, for both at once, or for everybody. */
function ceilingsOf(
  { tier }: ProcessorOption,
  region: string,
  { source, space }: { readonly source: PolicySource; readonly space: SpaceFacts },
): Processor["ceilings"] {
  const leaves = JURISDICTIONS.get(region) !== JURISDICTIONS.get(space.region);
  const holding = source.ceilings
    .filter((ceiling) => ceiling.tier === undefined || ceiling.tier === tier)
    .filter((ceiling) => leaves || !ceiling.leavesJurisdiction);
  return new Map(CLASSES.map((name) => [name, holding.filter((ceiling) => ceiling.class === name)]));
}
