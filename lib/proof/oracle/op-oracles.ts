import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { Op } from "#plan";
import { commonSubstring } from "./common-substring.ts";
import { CHANCE, EVERYTHING, type OpOracle, type Original, type Sample } from "./op-oracle.ts";

const drop: OpOracle = { shows: () => 0, permits: () => false, hides: () => true };

const constant: OpOracle = {
  shows: () => 0,
  permits: (op, _, output) => output.text === String(op["text"] ?? op["number"] ?? op["flag"]),
  hides: () => true,
};

const mask: OpOracle = {
  shows: (op) => (op["length"] === undefined ? numberOf(op, "keep", 0) : EVERYTHING),
  permits(op, original, output) {
    const [before, after] = [[...original.text], [...output.text]];
    const mark = String(op["character"] ?? "*");
    const visible = after.filter((character) => character !== mark).length;
    const isInPlace = after.every((character, index) => character === mark || character === before[index]);
    return after.length === before.length && isInPlace && visible <= visibleOf(op, before.length);
  },
  hides(op, one, other) {
    const show = (text: string) => visiblePart(op, [...text]);
    return [...one.text].length === [...other.text].length && show(one.text) === show(other.text);
  },
};

/** Characters that stay of so many. */
function visibleOf(op: Op, length: number): number {
  if (op["length"] !== undefined) return Math.max(0, length - numberOf(op, "length", 0));
  const keep = numberOf(op, "keep", 0);
  return length > keep ? keep : 0;
}

function visiblePart(op: Op, characters: readonly string[]): string {
  const count = visibleOf(op, characters.length);
  // Keeping begins where the op counts from; masking a length leaves the other end.
  const isAtEnd = (op["reverse"] === true) === (op["length"] === undefined);
  return (isAtEnd ? characters.slice(characters.length - count) : characters.slice(0, count)).join("");
}

const truncate: OpOracle = {
  shows: () => EVERYTHING,
  permits: (op, { text }, output) => text.startsWith(output.text) && [...output.text].length <= numberOf(op, "length", 0),
  hides: (op, one, other) => cut(op, one.text) === cut(op, other.text),
};

function cut(op: Op, text: string): string {
  return [...text].slice(0, numberOf(op, "length", 0)).join("");
}

const truncateIp: OpOracle = {
  shows: () => 0,
  permits: (op, original, output) => isIP(original.text) !== 0 && isIP(output.text) !== 0 && networkOf(op, original.text) === networkOf(op, output.text) && isNetwork(op, output.text),
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
  const bits = address.toByteArray().map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const [ipv4, ipv6] = [numberOf(op, "ipv4_bits", 24), numberOf(op, "ipv6_bits", 48)];
  if (address.kind() === "ipv4") return { bits, shown: ipv4 };
  const range = address.range();
  if (range === "ipv4Mapped") return { bits, shown: 96 + ipv4 };
  return { bits, shown: range === "6to4" ? Math.min(ipv6, 16 + ipv4) : ipv6 };
}

/** Keyed: two values look different, and no piece of one shows. */
const pseudonymize: OpOracle = {
  shows: () => 0,
  permits: (op, original, output) => output.text.startsWith(String(op["prefix"] ?? "")) && sharesNothing(original, output),
  hides: (_, one, other) => one.kind === other.kind && one.text === other.text,
};

const encrypt: OpOracle = {
  shows: (op) => (op["consumer_may_decrypt"] === true ? EVERYTHING : 0),
  permits: (_, original, output) => output.text.startsWith("es.") && sharesNothing(original, output),
  hides: (_, one, other) => one.kind === other.kind && one.text === other.text,
};

const MASKED = "***";

const maskEmail: OpOracle = {
  shows(op, guise) {
    if (guise === "domain") return op["mask_domain"] === true ? 0 : EVERYTHING;
    return numberOf(op, "keep", 1);
  },
  permits(op, { text }, output) {
    if (output.text === MASKED) return true;
    const [local = "", domain = "", ...rest] = text.split("@");
    const [shown = "", ...more] = output.text.split(`${MASKED}@`);
    return rest.length === 0 && more.join() === domainOf(op, domain) && isShown(op, local, shown);
  },
  hides: (op, one, other) => emailPart(op, one.text) === emailPart(op, other.text),
};

function domainOf(op: Op, domain: string): string {
  return op["mask_domain"] === true ? `${MASKED}${domain.slice(domain.lastIndexOf("."))}` : domain;
}

function isShown(op: Op, local: string, shown: string): boolean {
  const keep = numberOf(op, "keep", 1);
  return local.startsWith(shown) && [...shown].length <= ([...local].length > keep ? keep : 0);
}

/** What shows of an address at most. */
function emailPart(op: Op, text: string): string {
  const [local = "", domain = ""] = text.split("@");
  return `${[...local].slice(0, numberOf(op, "keep", 1)).join("")}@${domainOf(op, domain)}`;
}

/** How much of `2026-08-20T09:34:56` each unit keeps. */
const UNIT_LENGTHS: Readonly<Record<string, number>> = { MINUTE: 16, HOUR: 13, DAY: 10, MONTH: 7, YEAR: 4 };

/** What fills it up. */
const START = "0000-01-01T00:00:00Z";

const generalizeTime: OpOracle = {
  shows: () => 0,
  permits: (op, original, output) => output.text === startOf(op, original.text),
  hides: (op, one, other) => startOf(op, one.text) === startOf(op, other.text),
};

function startOf(op: Op, text: string): string {
  const time = new Date(text);
  const length = UNIT_LENGTHS[String(op["unit"])] ?? 0;
  return Number.isNaN(time.getTime()) ? text : time.toISOString().slice(0, length) + START.slice(length);
}

const bucket: OpOracle = {
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

const normalize: OpOracle = {
  shows: () => EVERYTHING,
  permits: (_, { text }, output) => [text, text.trim().toLowerCase().normalize("NFC"), text.trim().toLowerCase(), text.slice(text.indexOf("|") + 1)].includes(output.text),
  hides: (_, one, other) => one.kind === other.kind && one.text === other.text,
};

/** It hides what it claims to find, and nothing else. */
const scrubText: OpOracle = {
  shows: (_, guise) => (guise === "word" ? EVERYTHING : 0),
  permits: () => true,
  hides: (_, one, other) => one.text === other.text,
};

/** By the name of the transform. One that is not here is judged by what its cell says that it reveals. */
export const OP_ORACLES: ReadonlyMap<string, OpOracle> = new Map(
  Object.entries({
    drop,
    constant,
    mask,
    truncate,
    truncate_ip: truncateIp,
    pseudonymize,
    encrypt,
    mask_email: maskEmail,
    generalize_time: generalizeTime,
    bucket,
    normalize,
    scrub_text: scrubText,
  }),
);

/** Tells whether no piece of the value, or of a canary in it, shows. */
export function sharesNothing(original: Original, output: Sample): boolean {
  const texts = [...original.canaries.map(({ text }) => text), ...(original.canaries.length === 0 ? [original.text] : [])];
  return texts.every((text) => commonSubstring(text, output.text) <= CHANCE);
}

function numberOf(op: Op, name: string, otherwise: number): number {
  return Number(op[name] ?? otherwise);
}
