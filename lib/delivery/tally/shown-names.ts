import { nameDigest } from "../path-text.ts";

/** How many people an undeclared name has to be seen with before it is taken for a field and not for data. */
const PEOPLE = 5;

/** What a field could be called. */
export const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/;

/** What an event type could be called. */
export const TYPE_NAME = /^[A-Za-z][A-Za-z0-9_.:-]{0,79}$/;

/** How many names are told apart; later ones are all {@link OTHER_NAME}. Bounds memory, whatever is sent. */
const MAX_NAMES = 10_000;

const OTHER_NAME = "…other";

/** Decides which undeclared names a report may show. */
export interface ShownNames {
  /**
   * Notes whom the name is seen with at a place: the id of a person, or undefined, which shows nothing.
   *
   * An undefined name stands for all names that are not told apart any more.
   */
  see(at: string, name: string | undefined, whom: string | undefined): SeenName;
}

export interface SeenName {
  /** Tells names at places apart; 0 is every later one. */
  readonly number: number;
  /** What may be shown so far: the name itself, or a digest of it. */
  text(): string;
}

interface Name extends SeenName {
  /** Up to {@link PEOPLE}. */
  readonly seenWith: Set<string>;
}

const OTHER: SeenName = { number: 0, text: () => OTHER_NAME };

export interface ShownNamesOptions {
  /** Key of the digests. */
  readonly key: Uint8Array;
  /** What a name has to look like to be shown. */
  readonly pattern: RegExp;
}

/**
 * Makes an empty memory of names.
 *
 * A map keyed by user id looks like an object with undeclared fields: each of its names is seen with one person. Events
 * about nobody say nothing of that, however many there are: one name may come with each of them.
 */
export function createShownNames(options: ShownNamesOptions): ShownNames {
  const names = new Map<string, Name>();
  return {
    see(at, name, whom) {
      if (name === undefined) return OTHER;
      const place = `${at.length} ${at}.${name}`;
      const known =
        names.get(place) ?? (names.size < MAX_NAMES ? createName(names.size + 1, name, options) : undefined);
      if (known === undefined) return OTHER;
      names.set(place, known);
      if (whom !== undefined && known.seenWith.size < PEOPLE) known.seenWith.add(whom);
      return known;
    },
  };
}

function createName(number: number, name: string, { key, pattern }: ShownNamesOptions): Name {
  const seenWith = new Set<string>();
  return {
    number,
    seenWith,
    text: () => (seenWith.size >= PEOPLE && pattern.test(name) ? name : nameDigest(name, key)),
  };
}
