import { isIPv6 } from "node:net";
import { findAll, findThose, type Scanner, type TextRange } from "./scanner.ts";

const MAC =
  /(?<![0-9A-Za-z]|[0-9A-Fa-f][:.-])(?:[0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){7}|(?::[0-9A-Fa-f]{2}){5}|(?:-[0-9A-Fa-f]{2}){7}|(?:-[0-9A-Fa-f]{2}){5})|[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2})(?![0-9A-Za-z]|[:.-][0-9A-Fa-f])/g;

export const macAddresses: Scanner = {
  tag: "[MAC]",
  summary: "MAC addresses",
  find: findThose(MAC, (address) => !address.includes(".") || /[A-Fa-f]/.test(address)),
};

const IPV6_RUN = /[0-9A-Fa-f:.]+/g;
const ZONE = /^%[\w.-]{1,32}/;

/** Runs that are an address once outer signs are cut off, and those too long for one that hold what looks like it. */
export const ipv6: Scanner = {
  tag: "[IP]",
  summary: "IPv6 addresses with their zones",
  *find(text) {
    for (const run of findAll(IPV6_RUN, text)) {
      if (run.end - run.start < 3) continue;
      const { start, end } = trimRun(text, run);
      if (!isLikely(text.slice(start, end))) continue;
      yield { start, end: end + (ZONE.exec(text.slice(end, end + 33))?.[0].length ?? 0) };
    }
  },
};

/** Names of code (`a::b`) have no digit, times have no more than three parts. */
function isLikely(run: string): boolean {
  const colons = run.split(":").length - 1;
  return colons >= 2 && /\d/.test(run) && (isIPv6(run) || colons >= 7 || run.includes("::"));
}

/** Cuts off what belongs to a word around (`std::vector`), dots, and single colons: those of `ip:2001:db8::1:`. */
function trimRun(text: string, { start, end }: TextRange): TextRange {
  const from = cutStart(text, { start, end });
  return { start: from, end: cutEnd(text, { start: from, end }) };
}

function cutStart(text: string, { start, end }: TextRange): number {
  const isCut = isWordAt(text, start - 1) ? (sign: string) => sign !== ":" : (sign: string) => sign === ".";
  let at = start;
  while (at < end && isCut(text.charAt(at))) at++;
  return text.charAt(at) === ":" && text.charAt(at + 1) !== ":" ? at + 1 : at;
}

function cutEnd(text: string, { start, end }: TextRange): number {
  const isCut = isWordAt(text, end) ? (sign: string) => sign !== ":" : (sign: string) => sign === ".";
  let at = end;
  while (at > start && isCut(text.charAt(at - 1))) at--;
  return at > start && text.charAt(at - 1) === ":" && text.charAt(at - 2) !== ":" ? at - 1 : at;
}

function isWordAt(text: string, at: number): boolean {
  return /[\w-]/.test(text.charAt(at));
}

const OCTET = "(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";
const IPV4 = new RegExp(`(?<![\\d.])${OCTET}(?:\\.${OCTET}){3}(?!\\d|\\.\\d)`, "g");
/** `Chrome/120.0.0.0`, `v1.2.3.4` and `version 1.2.3.4`: what stands before the version of a product. */
const PRODUCT =
  /(?:(?:^|[\s(;,"'\uffff])[A-Z][A-Za-z]{1,24}\/|(?:^|[^A-Za-z0-9])(?:v|(?:version|ver|release|build|@[\w-]{1,24})[ :=/]{0,2}\.?))$/i;
const REACH = 28;

export const ipv4: Scanner = {
  tag: "[IP]",
  summary: "IPv4 addresses, versions apart",
  *find(text) {
    for (const span of findAll(IPV4, text)) if (!isVersion(text, span.start)) yield span;
  },
};

function isVersion(text: string, start: number): boolean {
  return PRODUCT.test(text.slice(Math.max(0, start - REACH), start));
}
