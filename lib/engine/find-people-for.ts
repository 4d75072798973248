import type { Envelope } from "#feeds";
import type { Route } from "#plan";
import type { LinkedPlan } from "./link.ts";
import type { ParsedBody } from "./parse-body.ts";
import { findPeople, type People } from "./people.ts";

/** Finds the people of an event as a plan knows them; the body is parsed only where the plan says that it names any. */
export function findPeopleFor(
  { roots }: LinkedPlan,
  route: Route | undefined,
  event: Envelope,
  parse: () => ParsedBody,
): People {
  return findPeople(event, route && roots.get(route), () => {
    const body = parse();
    return "problem" in body ? undefined : body.value;
  });
}
