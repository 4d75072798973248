import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { Op } from "#plan";
import { numberOf, type OpOracle } from "./op-oracle.ts";

export const truncateIp: OpOracle = {
  shows: () => 0,
  permits: (op, original, output) =>
    isIP(original.text) !== 0 &&
    isIP(output.text) !== 0 &&
    networkOf(op, original.text) === networkOf(op, output.text) &&
    isNetwork(op, output.text),
  hides: (op, one, other) => networkOf(op, one.text) === networkOf(op, other.text),
};

/** The bits of an address that may show, as text. */
function networkOf(op: Op, text: string): string {
  const { bits, shown } = bitsOf(op, text);
  return bits.slice(0, shown);
}

function isNetwork(op: Op, text: string): boolean {
  const { bits, shown } = bitsOf(op, text);
  return !bits.slice(shown).includes("1");
}

/** An IPv4 address shows as many bits wherever it stands: alone, mapped into IPv6, or behind the prefix of 6to4. */
function bitsOf(op: Op, text: string): { readonly bits: string; readonly shown: number } {
  if (!ipaddr.isValid(text)) return { bits: text, shown: 0 };
  const address = ipaddr.parse(text);
  const bits = address
    .toByteArray()
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  const [ipv4, ipv6] = [numberOf(op, "ipv4_bits", 24), numberOf(op, "ipv6_bits", 48)];
  if (address.kind() === "ipv4") return { bits, shown: ipv4 };
  const range = address.range();
  if (range === "ipv4Mapped") return { bits, shown: 96 + ipv4 };
  return { bits, shown: range === "6to4" ? Math.min(ipv6, 16 + ipv4) : ipv6 };
}

/** How much of `2026-08-20T09:34:56` each unit keeps. */
const UNIT_LENGTHS: Readonly<Record<string, number>> = { MINUTE: 16, HOUR: 13, DAY: 10, MONTH: 7, YEAR: 4 };

/** What fills it up. */
const START = "0000-01-01T00:00:00Z";

export const generalizeTime: OpOracle = {
  shows: () => 0,
  permits: (op, original, output) => output.text === startOf(op, original.text),
  hides: (op, one, other) => startOf(op, one.text) === startOf(op, other.text),
};

function startOf(op: Op, text: string): string {
  const time = new Date(text);
  const length = UNIT_LENGTHS[String(op["unit"])] ?? 0;
  return Number.isNaN(time.getTime()) ? text : time.toISOString().slice(0, length) + START.slice(length);
}

export const bucket: OpOracle = {
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
