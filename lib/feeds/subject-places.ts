import type { FeedName, Path, Role } from "#plan";
import type { SubjectPlace } from "./form.ts";
import { FORMS } from "./forms.ts";

/** The role in which a place names a person in events of a type. */
export function roleAt({ role, otherwise }: SubjectPlace, type: string): Role {
  return otherwise?.types.includes(type) ? otherwise.role : role;
}

/** A place of the inner event where a feed finds a person. */
export interface FeedPerson {
  readonly path: Path;
  readonly roleIn: (type: string) => Role;
}

/** The places inside of its events where a feed finds people, whatever their schema says. */
export function peopleOfFeed(feed: FeedName): readonly FeedPerson[] {
  const places = FORMS[feed].flatMap(({ body, subjects }) =>
    subjects.map((place): readonly [string, FeedPerson] => {
      const path = place.path.slice(body.length);
      return [path.join("."), { path, roleIn: (type) => roleAt(place, type) }];
    }),
  );
  return [...new Map(places).values()];
}
