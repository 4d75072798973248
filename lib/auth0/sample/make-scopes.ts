import type { SeededChoices } from "./random.ts";

/** As many as a real token of the Management API had. */
const MANY = 190;

/** Makes the scopes of a token: a few, or very many. */
export function makeScopes(random: SeededChoices): readonly string[] {
  const count = random.chance(0.2) ? MANY : random.int(4) + 1;
  return Array.from({ length: count }, (_, index) => `${index % 2 === 0 ? "read" : "update"}:thing_${index >> 1}`);
}
