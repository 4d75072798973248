import type { Plan, ShapeNode } from "#plan";
import { leavesNothing } from "#transforms";
import { indexFieldOf, type Mapping, UNINDEXED } from "./index-field.ts";

export type Properties = Readonly<Record<string, Mapping>>;

/**
 * The fields of documents that keep the events' own structure: those of every event that the plan takes, in one tree.
 *
 * The compiler refuses plans in which a field is of two types; one that it did not see is stored and not indexed.
 */
export function documentFieldsOf(plan: Plan): Properties {
  return plan.routes.reduce<Properties>((merged, { root }) => {
    const fields = root === undefined ? {} : fieldsOf(root, plan);
    return mergeProperties(merged, fields);
  }, {});
}

function fieldsOf(shape: number, plan: Plan): Properties {
  const fields = plan.shapes[shape]?.fields ?? [];
  const found = fields.map(({ name, node }) => [name, mappingOf(node, plan)] as const);
  return Object.fromEntries(found.filter((entry): entry is [string, Mapping] => entry[1] !== undefined));
}

/** Search indexes know no lists: a field of a type holds any number of values of it. */
function mappingOf(node: ShapeNode, plan: Plan): Mapping | undefined {
  switch (node.node) {
    case "leaf":
    case "open":
      return indexFieldOf(node.cell);
    case "list":
      return mappingOf(node.item, plan);
    case "map":
      return leavesNothing(node.key.ops) || mappingOf(node.value, plan) === undefined ? undefined : UNINDEXED;
    case "message": {
      const properties = fieldsOf(node.shape, plan);
      return Object.keys(properties).length === 0 ? undefined : { properties };
    }
  }
}

function mergeProperties(one: Properties, other: Properties): Properties {
  const merged = new Map(Object.entries(one));
  for (const [name, mapping] of Object.entries(other)) {
    const known = merged.get(name);
    merged.set(name, known === undefined ? mapping : merge(known, mapping));
  }
  return Object.fromEntries(merged);
}

function merge(one: Mapping, other: Mapping): Mapping {
  const [inner, others] = [propertiesOf(one), propertiesOf(other)];
  if (inner !== undefined && others !== undefined) return { properties: mergeProperties(inner, others) };
  return JSON.stringify(one) === JSON.stringify(other) ? one : UNINDEXED;
}

function propertiesOf({ properties }: Mapping): Properties | undefined {
  return properties as Properties | undefined;
}
