import { type EnvelopePart, type LeavingRow, type OutputTable, PLAN_VERSION, type Plan, withHash } from "#plan";
import type { SchemaDecision } from "../decide/decide-schema.ts";
import type { Processor } from "../processor/processor.ts";
import type { Subscriptions } from "../processor/subscriptions.ts";
import { writeRoutes } from "./routes.ts";
import { createShapeTable } from "./shapes.ts";

/** Everything about a processor that its plan says. */
export interface PlanParts {
  readonly processor: Processor;
  readonly subscriptions: Subscriptions;
  readonly decisions: readonly SchemaDecision[];
  readonly output: OutputTable | undefined;
  readonly envelope: readonly EnvelopePart[];
  readonly transport: readonly LeavingRow[];
}

/** Writes the plan of a processor. The same decisions give the same bytes on any machine. */
export function writePlan({ processor, subscriptions, decisions, output, envelope, transport }: PlanParts): Plan {
  const table = createShapeTable();
  const writer = { processor, subscriptions, table };
  const routes = decisions.flatMap((decision) => writeRoutes(decision, writer));
  return withHash({
    v: PLAN_VERSION,
    processor: processor.name,
    generation: processor.generation,
    source: processor.catchAll ? "whole" : "fields",
    routes,
    shapes: table.shapes,
    ...(output && { output }),
    delivery: { ...processor.delivery, envelope, transport },
  });
}
