import { replaceInView, type View } from "./view.ts";

/** Ways to write a character by its number or name: in URLs, HTML, JSON and code. */
const SPELLINGS =
  /%[0-7][0-9A-Fa-f]|%[CDcd][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]|%[Ee][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){2}|%[Ff][0-7](?:%[89ABab][0-9A-Fa-f]){3}|&#\d{1,7};?|&#[xX][0-9A-Fa-f]{1,6};?|&[A-Za-z]{2,8};|\\u[0-9A-Fa-f]{4}|\\u\{[0-9A-Fa-f]{1,6}\}|\\x[0-9A-Fa-f]{2}|\\[nrt]/g;

/** Names of characters in HTML that stand in or around an address, number or id. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["commat", "@"],
  ["period", "."],
  ["plus", "+"],
  ["hyphen", "-"],
  ["dash", "-"],
  ["lowbar", "_"],
  ["verbar", "|"],
  ["vert", "|"],
  ["colon", ":"],
  ["sol", "/"],
  ["equals", "="],
  ["num", "#"],
  ["lpar", "("],
  ["rpar", ")"],
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
  ["shy", ""],
  ["zwj", ""],
  ["zwnj", ""],
]);

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["\\n", "\n"],
  ["\\r", "\r"],
  ["\\t", "\t"],
]);

/** Decodes one layer of spellings; returns the view itself where there are none. */
export function decodeSpellings(view: View): View {
  return replaceInView(view, SPELLINGS, decode);
}

function decode(found: string): string | undefined {
  if (found.startsWith("%")) return decodePercent(found);
  if (found.startsWith("&#")) return ofNumber(found.slice(2).replace(";", ""));
  if (found.startsWith("&")) return NAMES.get(found.slice(1, -1).toLowerCase());
  return CONTROLS.get(found) ?? ofNumber(`x${found.slice(2).replace(/[{}]/g, "")}`);
}

function ofNumber(digits: string): string | undefined {
  const code = /^x/i.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function decodePercent(found: string): string | undefined {
  const text = Buffer.from(found.replaceAll("%", ""), "hex").toString("utf8");
  return text.includes("\ufffd") ? undefined : text;
}
