import type { Envelope } from "#feeds";
import { decide } from "./decide.ts";
import type { Context, Decision, Engine } from "./engine.ts";
import { findRoute } from "./find-route.ts";
import { findSubjects } from "./find-subjects.ts";
import { type LinkedPlan, linkPlan } from "./link.ts";
import { type ParsedBody, parseBody } from "./parse-body.ts";

/**
 * The engine that says what is right: plain rather than fast. Every other engine must agree with it byte for byte.
 *
 * Linking throws on a plan that no compiler of this version makes.
 */
export const referenceEngine: Engine = {
  link(plans, patterns) {
    const linkedPlans = plans.map((plan) => linkPlan(plan, patterns));
    return {
      enforce(event, context) {
        const parse = parseOnce(event);
        return linkedPlans.map((linked) => enforcePlan(linked, event, context, parse));
      },
      subjectsOf(event) {
        const parse = parseOnce(event);
        const found = linkedPlans.flatMap(({ plan }) => findSubjects(event, findRoute(plan.routes, event), parse));
        return [...new Map(found.map((subject) => [JSON.stringify([subject.role, subject.id]), subject])).values()];
      },
    };
  },
};

function enforcePlan(linked: LinkedPlan, event: Envelope, context: Context, parse: () => ParsedBody): Decision {
  const route = findRoute(linked.plan.routes, event);
  const subjects = findSubjects(event, route, parse);
  const fenced = subjects.filter((subject) => context.keys.isFenced(subject));
  return decide({ linked, event, context, route, subjects, fenced }, parse);
}

function parseOnce(event: Envelope): () => ParsedBody {
  let parsed: ParsedBody | undefined;
  return () => {
    parsed ??= parseBody(event.body);
    return parsed;
  };
}
