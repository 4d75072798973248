import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { Op } from "#plan";
import { numberIn, type OpOracle } from "./op-oracle.ts";

export const truncateIpOracle: OpOracle = {
  shows: () => 0,
  permits: (op, original, output) =>
    isAddress(original.text) &&
    isAddress(output.text) &&
    networkOf(op, original.text) === networkOf(op, output.text) &&
    isNetwork(op, output.text),
  hides: (op, one, other) => networkOf(op, one.text) === networkOf(op, other.text),
};

function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes("%");
}

/** The family of an address and the bits of it that may show, as text. */
function networkOf(op: Op, text: string): string {
  const { bits, shown } = bitsOf(op, text);
  return `${bits.length} ${bits.slice(0, shown)}`;
}

function isNetwork(op: Op, text: string): boolean {
  const { bits, shown } = bitsOf(op, text);
  return !bits.slice(shown).includes("1");
}

/** An IPv4 address shows as many bits wherever it stands: alone, mapped into IPv6, or behind the prefix of 6to4. */
function bitsOf(op: Op, text: string): { readonly bits: string; readonly shown: number } {
  if (!isAddress(text)) return { bits: text, shown: 0 };
  const address = ipaddr.parse(withoutDots(text));
  const octets = address.toByteArray().map((byte) => byte.toString(2).padStart(8, "0"));
  const shown = address.kind() === "ipv4" ? numberIn(op, "ipv4_bits", 24) : shownOfIpv6(op, address.range());
  return { bits: octets.join(""), shown };
}

function shownOfIpv6(op: Op, range: string): number {
  const [ipv4, ipv6] = [numberIn(op, "ipv4_bits", 24), numberIn(op, "ipv6_bits", 48)];
  if (range === "ipv4Mapped") return 96 + ipv4;
  return range === "6to4" ? Math.min(ipv6, 16 + ipv4) : ipv6;
}

/** ipaddr.js 2.5 takes `::1.2.3.4` for `::ffff:1.2.3.4`; a URL writes IPv6 addresses without dots. */
function withoutDots(text: string): string {
  return text.includes(":") ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text;
}

/** How much of `2026-08-20T09:34:56` each unit keeps. */
const UNIT_LENGTHS: Readonly<Record<string, number>> = { MINUTE: 16, HOUR: 13, DAY: 10, MONTH: 7, YEAR: 4 };

/** What fills it up. */
const START = "0000-01-01T00:00:00Z";

export const generalizeTimeOracle: OpOracle = {
  shows: () => 0,
  permits: (op, original, output) => output.text === startOf(op, original.text),
  hides: (op, one, other) => startOf(op, one.text) === startOf(op, other.text),
};

/** `Date` knows no second 60. */
const LEAP_SECOND = /(?<=T\d\d:\d\d):60/i;

function startOf(op: Op, text: string): string {
  const time = new Date(text.replace(LEAP_SECOND, ":59"));
  const length = UNIT_LENGTHS[String(op["unit"])] ?? 0;
  return Number.isNaN(time.getTime()) ? text : time.toISOString().slice(0, length) + START.slice(length);
}

export const bucketOracle: OpOracle = {
  shows: () => 0,
  permits: (op, original, output) => original.kind === "number" && output.text === rangeOf(op, original.text),
  hides: (op, one, other) => rangeOf(op, one.text) === rangeOf(op, other.text),
};

function rangeOf(op: Op, text: string): string {
  const bounds = (op["bounds"] ?? []) as readonly number[];
  const upper = bounds.findIndex((bound) => Number(text) < bound);
  if (upper === 0) return `<${bounds[0]}`;
  return upper === -1 ? `>=${bounds.at(-1)}` : `${bounds[upper - 1]}-${bounds[upper]}`;
}
