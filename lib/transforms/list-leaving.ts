import { joinPath } from "#json";
import type { Cell, Dependency, LeavingRow, LeavingVariation, Op, Plan, Route, ShapeNode } from "#plan";
import { leavesNothing } from "./leaves-nothing.ts";
import { revealsOfChain } from "./reveals.ts";
import { TRANSFORMS } from "./table.ts";
import type { Transform } from "./transform.ts";

/**
 * Lists everything that leaves with the deliveries of a plan: the fields and map keys of each schema, or of its output
 * message, and what leaves beside them. What is not on the list does not leave.
 */
export function listLeaving(plan: Plan): readonly LeavingRow[] {
  const routes = plan.routes.filter(({ subscribed }) => subscribed);
  const fields = plan.output === undefined ? routes.flatMap((route) => fieldsOf(route, plan)) : outputsOf(plan);
  const whole = plan.source === "whole" ? [WHOLE] : [];
  const rows = [...whole, ...fields, ...plan.delivery.transport];
  return [...new Map(rows.map((row) => [row.name, row])).values()];
}

/** What nobody declares leaves with the events of a plan that keeps them whole: sealed. */
const WHOLE: LeavingRow = {
  name: "payload",
  channel: "payload",
  class: "CUSTOMER_CONTENT",
  kind: "OPEN_OBJECT",
  reveals: ["PRESENCE", "LENGTH"],
  dependsOn: [...(["id", "type", "time", "tenant", "source", "subjects"] as const).map((event) => ({ event }))],
  varies: ["bytes", "length"],
  rule: "the event as it was received, but for what its cells drop, sealed as one",
};

function fieldsOf({ schema, root }: Route, { shapes }: Plan): readonly LeavingRow[] {
  const walk = (node: ShapeNode, path: string): readonly LeavingRow[] => {
    switch (node.node) {
      case "leaf":
      case "open":
        return rowOf(node.cell, { name: `${schema} ${path}`, channel: "payload", from: [{ schema, path }] });
      case "list":
        return walk(node.item, `${path}[]`);
      case "map": {
        const ofKey = `${path}{key}`;
        const from = [{ schema, path: ofKey }];
        const key = rowOf(node.key, { name: `${schema} ${ofKey}`, channel: "map_key", from });
        return [...key, ...walk(node.value, `${path}{}`)];
      }
      case "message":
        return (shapes[node.shape]?.fields ?? []).flatMap(({ name, node: inner }) => walk(inner, joinPath(path, name)));
    }
  };
  return root === undefined ? [] : walk({ node: "message", shape: root }, "");
}

function outputsOf({ output, routes }: Plan): readonly LeavingRow[] {
  const schemas = [...new Set(routes.filter(({ subscribed }) => subscribed).map(({ schema }) => schema))];
  return (output?.fields ?? []).flatMap(({ name, source, cell }) => {
    const from = source === undefined ? [] : schemas.map((schema) => ({ schema, path: source.join(".") }));
    return source === undefined ? [] : rowOf(cell, { name: `output ${name}`, channel: "payload", from });
  });
}

interface Place {
  readonly name: string;
  readonly channel: LeavingRow["channel"];
  readonly from: readonly Dependency[];
}

function rowOf({ class: of, kind, ops, onFence }: Cell, { name, channel, from }: Place): readonly LeavingRow[] {
  if (leavesNothing(ops)) return [];
  const fenced: readonly Dependency[] = onFence === "drop" ? [{ event: "subjects" }] : [];
  const dependsOn = [...from, ...fenced, ...ops.flatMap(factsOf)];
  const rule = ops.length === 0 ? "kept" : ops.map(({ op }) => op).join(" + ");
  const reveals = revealsOfChain(ops);
  return [{ name, channel, class: of, kind, reveals, dependsOn, varies: variesBy(ops, channel), rule }];
}

/** What each thing that a transform draws from its context is made of. */
const USES: Readonly<Record<Transform["uses"][number], readonly Dependency[]>> = {
  pseudonymKey: [{ fact: "keys" }, { event: "tenant" }],
  seal: [{ fact: "keys" }, { fact: "random" }, { event: "id" }, { event: "tenant" }, { event: "subjects" }],
  inside: [],
  clock: [{ fact: "clock" }],
};

function factsOf({ op }: Op): readonly Dependency[] {
  return TRANSFORMS.get(op)?.uses.flatMap((use) => USES[use]) ?? [];
}

/** A value may always be there or not; where two keys become one, fewer are left. */
function variesBy(ops: readonly Op[], channel: LeavingRow["channel"]): readonly LeavingVariation[] {
  const reveals = revealsOfChain(ops);
  const bytes =
    reveals.some((reveal) => reveal !== "PRESENCE") || ops.some(({ op }) => TRANSFORMS.get(op)?.uses.length);
  const isFixed = ops.some(({ op }) => TRANSFORMS.get(op)?.resultLength === "fixed");
  return [
    ...(bytes ? (["bytes"] as const) : []),
    ...(bytes && !isFixed ? (["length"] as const) : []),
    "count",
    ...(channel === "map_key" ? (["order"] as const) : []),
  ];
}
