import type { Matcher } from "#plan";
import { re2 } from "#plan/re2";
import type { Pen } from "../canaries/pen.ts";
import type { MapKey } from "./write-body.ts";

/** Keys that patterns of maps tend to allow. */
const USUAL_KEYS = ["en", "EN", "key", "key_1", "1", "example.com", "00000000-0000-4000-8000-000000000000"];

/** What a canary looks like behind a letter, as words begin. */
const LIKE_A_CANARY = "k0abcdefghjkmnpqrstvw";

export interface KeyPens {
  readonly fitting: Pen;
  readonly others: Pen;
}

/** Writes keys of a map: some that fit its pattern, with a canary if the pattern lets it, one that does not, and one that no reader could read. */
export function writeKeys(pattern: string | undefined, { fitting, others }: KeyPens): readonly MapKey[] {
  const fits = matcherOf(pattern);
  const ours = fits(LIKE_A_CANARY) ? [`k${fitting.word()}`] : [];
  const cut = { json: JSON.stringify(`${others.word()}\ud83d`), fits: false };
  const whole = [...firstUsual(fits), ...ours, `${others.word()} ✂`].map((key) => ({
    json: JSON.stringify(key),
    fits: fits(key),
  }));
  return [...whole, cut];
}

/** The first of the usual keys that fits a pattern; none where all do not. */
export function usualKeys(pattern: string | undefined): readonly string[] {
  return firstUsual(matcherOf(pattern));
}

function firstUsual(fits: Matcher): readonly string[] {
  return USUAL_KEYS.filter((key) => fits(key)).slice(0, 1);
}

function matcherOf(pattern: string | undefined): Matcher {
  return pattern === undefined ? () => true : re2.compile(pattern);
}
