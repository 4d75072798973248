import { peopleOfFeed } from "#feeds";
import type { Role } from "#plan";
import type { Breach } from "../breach.ts";
import type { SchemaVariant } from "../overlay/variants.ts";
import type { Schema } from "../schema/schema.ts";
import type { LeafDecision } from "./decide-leaves.ts";
import { namingOf } from "./naming.ts";

/**
 * Checks that a schema's leaves name whom its feed and its `subjects` say its events name, in the same roles.
 *
 * A place that the schema does not declare is no disagreement: the feed's person counts all the same.
 */
export function checkPeople(
  schema: Schema,
  variant: SchemaVariant,
  leaves: readonly LeafDecision[],
): readonly Breach[] {
  const found = new Map(leaves.map((leaf) => [leaf.leaf.path, leaf]));
  return [
    ...peopleOfFeed(schema.feed).flatMap(({ path, roleIn }) => {
      const leaf = found.get(path.join("."));
      const roles = new Set((variant.rest ? ["", ...variant.types] : variant.types).map(roleIn));
      return leaf === undefined
        ? []
        : [...roles].flatMap((role) => checkRole(leaf, role, { schema, whoSays: `${schema.feed} has` }));
    }),
    ...schema.subjects.flatMap(({ path, role, place }) => {
      const leaf = found.get(path);
      if (leaf === undefined || role === undefined) return [];
      return checkRole(leaf, role, { schema, whoSays: "subjects names" }).map((breach) => ({ ...breach, place }));
    }),
  ];
}

interface Claim {
  readonly schema: Schema;
  readonly whoSays: string;
}

function checkRole({ leaf, classification }: LeafDecision, role: Role, { schema, whoSays }: Claim): readonly Breach[] {
  const { kind, about, alias, notAPerson, place } = classification;
  if (namingOf(classification) === "PERSON" && about === role) return [];
  const whom = about === undefined ? [] : [`about ${about}`];
  const how = [...(alias ? ["as an alias"] : []), ...(notAPerson ? ["that is no person's"] : [])];
  const got = [kind, ...whom, ...how].join(" ");
  return [
    {
      code: "POLICY_PERSON",
      place,
      message: `expected a SUBJECT_ID about ${role} where ${whoSays} one, got ${got}`,
      at: { schema: schema.name, path: leaf.path },
    },
  ];
}
