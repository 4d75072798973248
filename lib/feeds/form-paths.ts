import type { Path } from "#plan";
import type { Form, FormFacts } from "./form.ts";

/** Adds to a form what follows from it: the places that decide what an event is. */
export function withPaths(form: FormFacts): Form {
  const { body, when, id, type, time, tenant, streams, subjects, test, replay, source } = form;
  const optional = [test?.path, ...subjects.map(({ unless }) => unless?.path), replay, source];
  return {
    ...form,
    around: body.map((_, depth): Path => body.slice(0, depth)),
    reads: [
      ...when.flatMap(({ at }) => at),
      ...id,
      type,
      ...[...time, ...tenant, ...subjects].map(({ path }) => path),
      ...streams,
      ...optional.filter((path) => path !== undefined),
    ],
  };
}
