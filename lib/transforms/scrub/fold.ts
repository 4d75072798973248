import { replaceInView, type View } from "./view.ts";

/** Whatever is not ASCII; every character by itself. */
const OTHERS = /[^\p{ASCII}]/gu;
/** Characters that do not show: format characters, and those that choose a variant of the one before. */
const INVISIBLE = /^(?:\p{Cf}|\p{Variation_Selector}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0)$/u;
const DASH = /[\p{Pd}\u2212\u2043\u02d7]/u;
const DIGIT = /\p{Nd}/u;

/** Gives characters their usual form: wide and styled ones (NFKC), digits of any script, dashes; drops invisible ones. */
export function foldCharacters(view: View): View {
  const known = new Map<string, string | undefined>();
  return replaceInView(view, OTHERS, (character) => {
    if (!known.has(character)) known.set(character, fold(character));
    return known.get(character);
  });
}

/** Undefined where a character has its usual form. */
function fold(character: string): string | undefined {
  if (INVISIBLE.test(character)) return "";
  if (DASH.test(character)) return "-";
  if (DIGIT.test(character)) return String(digitOf(character.codePointAt(0) ?? 0));
  if (/\p{L}|\p{M}/u.test(character) && !isStyled(character)) return undefined;
  const usual = character.normalize("NFKC");
  return usual === character ? undefined : usual;
}

/** Letters of another form of Latin ones; ligatures and presentation forms of other scripts read as they are. */
function isStyled(letter: string): boolean {
  return /^[\x21-\x7e]+$/.test(letter.normalize("NFKC"));
}

/** Digits of a script stand in a row that begins with zero (Unicode, 4.6); the mathematical ones in five rows. */
function digitOf(codePoint: number): number {
  if (codePoint >= 0x1d7ce && codePoint <= 0x1d7ff) return (codePoint - 0x1d7ce) % 10;
  let zero = codePoint;
  while (codePoint - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero--;
  return codePoint - zero;
}
