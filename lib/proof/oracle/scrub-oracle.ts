import { EVERYTHING, type OpOracle } from "./op-oracle.ts";

/** What stands in the place of something that was found. */
const TAG = /\[(?:EMAIL|USER_ID|ID|PHONE|IP|MAC|CARD|IBAN|JWT|TOKEN|CREDENTIALS)\]/;

/** Things in their plainest form, of which none may stay. */
const PLAIN: readonly RegExp[] = [
  /[a-z0-9]@[a-z0-9-]+\.(?:com|org|net|example)\b/i,
  /\b(?:auth0|google-oauth2|samlp|waad)(?:\||%7C)\w*\d/i,
  /eyJ[\w-]{12,}\.[\w-]+/,
  /(?:^|[=( ,])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?=$|[), ;])/,
  /(?<![\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])/i,
  /(?<![\w+])\+\d{8,15}(?!\w)/,
  /\b(?:access_token|refresh_token|client_secret)=(?!\[)[\w-]{4,}/,
];
/** A version is written like an address. */
const VERSION = /(?:version|release|build|ver) \d+(?:\.\d+){3}/gi;

/** It hides what it claims to find, takes whole pieces, and adds nothing but tags. */
export const scrubTextOracle: OpOracle = {
  shows: (_, guise) => (guise === "word" ? EVERYTHING : 0),
  permits: (_, { text }, output) => {
    const left = output.text.replace(VERSION, "");
    return isMadeOf(text, output.text.split(TAG)) && !PLAIN.some((form) => form.test(left));
  },
  hides: (_, one, other) => one.text === other.text,
};

/** Tells whether a text consists of these pieces, in their order, with something between each two. */
function isMadeOf(text: string, pieces: readonly string[]): boolean {
  const [first = "", ...others] = pieces;
  if (others.length === 0) return text === first;
  let at = text.startsWith(first) ? first.length : text.length + 1;
  for (const piece of others.slice(0, -1)) at = follow(text, piece, at);
  return at + 1 + (others.at(-1)?.length ?? 0) <= text.length && text.endsWith(others.at(-1) ?? "");
}

/** Where a piece ends that begins behind a place; beyond the text where there is none. */
function follow(text: string, piece: string, at: number): number {
  const found = text.indexOf(piece, at + 1);
  return found < 0 ? text.length + 1 : found + piece.length;
}
