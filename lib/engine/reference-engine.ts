import type { Envelope, Subject } from "#feeds";
import { decide } from "./decide.ts";
import type { Engine } from "./engine.ts";
import { findPeopleFor } from "./find-people-for.ts";
import { findRoute } from "./find-route.ts";
import { type LinkedPlan, linkPlan } from "./link.ts";
import { type ParsedBody, parseBody } from "./parse-body.ts";
import { distinct } from "./people.ts";

/**
 * The engine that says what is right: plain rather than fast. Every other engine must agree with it byte for byte.
 *
 * Linking throws on a plan that no compiler of this version makes.
 */
export const referenceEngine: Engine = {
  link(plans, patterns) {
    const linkedPlans = plans.map((plan) => linkPlan(plan, patterns));
    const parserOf = createParser();
    return {
      enforce(event, context) {
        const parse = parserOf(event);
        return linkedPlans.map((linked) => {
          const route = findRoute(linked.plan.routes, event);
          return decide({ linked, event, context, route }, parse);
        });
      },
      subjectsOf: (event) => collectSubjects(linkedPlans, event, parserOf(event)),
    };
  },
};

function collectSubjects(
  linkedPlans: readonly LinkedPlan[],
  event: Envelope,
  parse: () => ParsedBody,
): readonly Subject[] {
  const found = linkedPlans.map((linked) => findPeopleFor(linked, findRoute(linked.plan.routes, event), event, parse));
  return distinct(found.flatMap(({ all }) => all));
}

/** Parses each event once, as long as somebody holds it: its people are looked for before it is decided. */
function createParser(): (event: Envelope) => () => ParsedBody {
  const parsed = new WeakMap<Envelope, ParsedBody>();
  return (event) => () => {
    const body = parsed.get(event) ?? parseBody(event.body);
    parsed.set(event, body);
    return body;
  };
}
