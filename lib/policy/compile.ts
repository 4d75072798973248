import { ConfigError, PolicyError } from "#errors";
import { type EnvelopePart, hashData, type OutputTable } from "#plan";
import { type Breach, type Found, toDiagnostics } from "./breach.ts";
import type { Descriptors } from "./build.ts";
import { checkCeilingDecls } from "./decide/ceilings.ts";
import { decideSchema, type PolicyContext, type SchemaDecision } from "./decide/decide-schema.ts";
import { rowsOf } from "./matrix/rows.ts";
import { transportRows } from "./matrix/transport-rows.ts";
import { type Overlays, resolveOverlays } from "./overlay/resolve-overlays.ts";
import { shareOf } from "./overlay/variants.ts";
import { checkSink } from "./plan/check-sink.ts";
import { partsOf } from "./plan/envelope.ts";
import type { DecidedEvents } from "./plan/event-parts.ts";
import { writeOutput } from "./plan/output.ts";
import { checkTransport, type TransportDecision, transportOf, writeTransport } from "./plan/transport.ts";
import { writePlan } from "./plan/write-plan.ts";
import type { Policy } from "./policy.ts";
import { checkModes } from "./processor/check-modes.ts";
import { JURISDICTIONS } from "./processor/jurisdictions.ts";
import type { Processor } from "./processor/processor.ts";
import { resolveProcessors } from "./processor/resolve-processor.ts";
import { resolveSubscriptions, type Subscriptions } from "./processor/subscriptions.ts";
import { checkMessages } from "./schema/check-messages.ts";
import { resolveSchemas } from "./schema/resolve-schemas.ts";
import type { Schema } from "./schema/schema.ts";
import type { PolicySource } from "./source/declarations.ts";
import { readSource } from "./source/read-source.ts";
import type { SpaceFacts } from "./space.ts";

export interface CompileOptions {
  readonly space: SpaceFacts;
  /** RFC 3339 date; an overlay whose `until` is not after it is an error. */
  readonly today: string;
}

/**
 * Compiles a policy for one Space.
 *
 * @throws {PolicyError} with every breach of the policy's rules
 * @throws {ConfigError} when nothing is known about the Space's region
 */
export function compilePolicy(descriptors: Descriptors, options: CompileOptions): Policy {
  return compileSource(readSource(descriptors), options);
}

/** Compiles what policy files declare; {@link compilePolicy} without reading descriptors. */
export function compileSource(source: PolicySource, options: CompileOptions): Policy {
  checkSpace(options.space);
  const { found: resolved, breaches } = resolvePolicy(source, options);
  const decided = resolved.schemas.map((schema) =>
    decideSchema(schema, resolved.overlays.get(schema.name) ?? [], resolved),
  );
  const decisions = decided.map(({ found }) => found);
  const deliveries = resolved.processors.map((processor) => resolveDelivery(processor, resolved, decisions));
  const all = [breaches, ...[...decided, ...deliveries].map((each) => each.breaches)].flat();
  if (all.length > 0) throw new PolicyError(toDiagnostics(all));
  return writePolicy(
    options.space,
    decisions,
    deliveries.map(({ found }) => found),
  );
}

/** What the declarations mean in one Space, before any field is decided. */
export interface ResolvedPolicy extends PolicyContext {
  /** Sorted by name. */
  readonly schemas: readonly Schema[];
  readonly overlays: Overlays;
}

/** Resolves schemas, processors, subscriptions and overlays, and checks everything but cells. */
export function resolvePolicy(source: PolicySource, { space, today }: CompileOptions): Found<ResolvedPolicy> {
  const schemas = resolveSchemas(source);
  const processors = resolveProcessors(source, space);
  const overlays = resolveOverlays(source, schemas.found, today);
  const subscriptions = processors.found.map((processor) => resolveSubscriptions(processor, schemas.found));
  const found: ResolvedPolicy = {
    messages: source.messages,
    schemas: schemas.found,
    processors: processors.found,
    overlays: overlays.found,
    subscriptions: new Map(processors.found.map(({ name }, index) => [name, subscriptions[index]?.found ?? new Map()])),
  };
  const breaches: readonly Breach[] = [
    ...checkMessages(source),
    ...checkCeilingDecls(source),
    ...[schemas, processors, overlays, ...subscriptions].flatMap((each) => each.breaches),
    ...processors.found.flatMap((processor) => checkModes(processor, takenBy(processor, found), schemas.found)),
  ];
  return { found, breaches };
}

function takenBy({ name }: Processor, { subscriptions }: PolicyContext): Subscriptions {
  return subscriptions.get(name) ?? new Map();
}

/** How one processor's decisions leave. */
interface ProcessorDelivery {
  readonly processor: Processor;
  readonly subscriptions: Subscriptions;
  readonly output: OutputTable | undefined;
  readonly envelope: readonly EnvelopePart[];
  readonly transport: readonly TransportDecision[];
}

function resolveDelivery(
  processor: Processor,
  world: PolicyContext,
  decisions: readonly SchemaDecision[],
): Found<ProcessorDelivery> {
  const subscriptions = takenBy(processor, world);
  const output = writeOutput(processor, subscriptions, decisions);
  const taken = takenEvents(subscriptions, decisions);
  const envelope = partsOf(processor, taken);
  const transport = transportOf(processor, taken, { envelope, output: output.found });
  return {
    found: { processor, subscriptions, output: output.found, envelope, transport },
    breaches: [
      ...output.breaches,
      ...checkTransport(processor, transport),
      ...checkSink({ processor, taken, envelope, output: output.found }),
    ],
  };
}

/** The events that a processor takes some of: one entry for each set of overlays that decides them. */
function takenEvents(subscriptions: Subscriptions, decisions: readonly SchemaDecision[]): readonly DecidedEvents[] {
  return decisions.flatMap(({ schema, variants }) => {
    const all = variants.map(({ variant }) => variant);
    const shares = variants.map((each) => ({
      ...each,
      share: shareOf(subscriptions.get(schema.name), each.variant, all),
    }));
    return shares.filter(({ share }) => share.rest || share.taken.length > 0).map(({ leaves }) => ({ schema, leaves }));
  });
}

function writePolicy(
  space: SpaceFacts,
  decisions: readonly SchemaDecision[],
  deliveries: readonly ProcessorDelivery[],
): Policy {
  const plans = deliveries.map((each) =>
    writePlan({ ...each, decisions, transport: writeTransport(each.processor, each.transport) }),
  );
  return {
    hash: hashData({ space, plans: plans.map(({ hash }) => hash) }),
    space,
    processors: plans.map(({ processor }) => processor),
    matrix: [...decisions.flatMap(rowsOf), ...transportRows(deliveries)],
    plans,
  };
}

function checkSpace({ name, region }: SpaceFacts): void {
  if (JURISDICTIONS.has(region)) return;
  throw new ConfigError(`expected an AWS region with a known jurisdiction for the Space ${name}, got ${region}`);
}
