import { createPick, DIGITS, HEX, LOWER, type Pick } from "./draw.ts";
import { GENERATORS } from "./generators.ts";
import { type Message, readMarked } from "./read-messages.ts";

/** What is put around values: words, and what looks like them and stays. */
const AROUND: readonly [(pick: Pick) => string, ...((pick: Pick) => string)[]] = [
  () => "failed",
  () => "for user",
  (pick) => `${pick.text(LOWER, 6)}.eu.auth0.com:443`,
  (pick) => `https://${pick.text(LOWER, 5)}.example/login`,
  (pick) => `v${pick.below(9)}.${pick.below(20)}.${pick.below(300)}`,
  (pick) => `Chrome/${100 + pick.below(40)}.0.0.0`,
  (pick) =>
    `2026-0${1 + pick.below(9)}-1${pick.below(9)}T0${pick.below(9)}:3${pick.below(9)}:00.${pick.text(DIGITS, 3)}Z`,
  (pick) => `2026-0${1 + pick.below(9)}-1${pick.below(9)}`,
  (pick) => `17${pick.text(DIGITS, 8)}`,
  (pick) => `17${pick.text(DIGITS, 11)}`,
  (pick) => `a${pick.text(HEX, 39)}`,
  (pick) =>
    `${pick.text(HEX, 8)}-${pick.text(HEX, 4)}-4${pick.text(HEX, 3)}-a${pick.text(HEX, 3)}-${pick.text(HEX, 12)}`,
  (pick) => `${pick.below(1000)} of ${pick.below(10_000)}`,
  (pick) => `status_code=${pick.of([200, 403, 429, 500])}`,
  () => "error=access_denied",
];

const FRAMES: Readonly<Record<string, (value: string) => string>> = {
  CREDENTIALS: (value) => `postgres://${value}@db.internal:5432/x`,
};

/** Writes so many messages of each category, from a seed. */
export function generateMessages(seed: string, count: number): readonly Message[] {
  return Object.entries(GENERATORS).flatMap(([category, generate]) => {
    const pick = createPick(`${seed} ${category}`);
    return Array.from({ length: count }, () => {
      const value = `⟦${category}:${generate(pick)}⟧`;
      const framed =
        FRAMES[category]?.(value) ?? pick.of([value, `(${value})`, `${value},`, `to=${value};`, `<${value}>`]);
      return readMarked([pick.of(AROUND)(pick), framed, pick.of(AROUND)(pick)].join(" "));
    });
  });
}
