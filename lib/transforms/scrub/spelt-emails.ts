import { findAll, type Scanner } from "./scanner.ts";

const AT = "\\s?[([{<]\\s?at\\s?[)\\]}>]\\s?";
const DOT = "(?:\\s?[([{<]\\s?dot\\s?[)\\]}>]\\s?|\\.)";
const LABEL = "[\\p{L}\\p{N}_-]{1,63}";
const SPELT = new RegExp(`(?<![\\p{L}\\p{N}.+_-])[\\p{L}\\p{N}.+_-]+${AT}${LABEL}(?:${DOT}${LABEL}){0,8}`, "giu");

/** Addresses with their signs in words and brackets, as people write them to hide them from machines. */
export const speltEmails: Scanner = {
  tag: "[EMAIL]",
  summary: "addresses such as `alice [at] example [dot] com`",
  find: (text) => findAll(SPELT, text),
};
