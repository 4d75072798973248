import type { Envelope, Subject } from "#feeds";
import type { Route } from "#plan";
import type { ParsedBody } from "./parse-body.ts";
import { readId } from "./read-id.ts";

/** Finds the people an event is about: those its feed names, or else, for feeds that know none, those its schema names. */
export function findSubjects(event: Envelope, route: Route | undefined, parse: () => ParsedBody): readonly Subject[] {
  if (event.subjects.length > 0 || route === undefined || route.subjects.length === 0) return event.subjects;
  const body = parse();
  if ("problem" in body) return [];
  return route.subjects.flatMap(({ role, path }) => {
    const id = readId(body.value, path);
    return id === undefined ? [] : [{ role, tenant: event.tenant ?? "", id }];
  });
}
