import type { Op } from "#plan";
import { EVERYTHING, numberIn, type OpOracle } from "./op-oracle.ts";

export const maskOracle: OpOracle = {
  shows: (op) => (op["length"] === undefined ? numberIn(op, "keep", 0) : EVERYTHING),
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
  if (op["length"] !== undefined) return Math.max(0, length - numberIn(op, "length", 0));
  const keep = numberIn(op, "keep", 0);
  return length >= 2 * keep ? keep : 0;
}

function visiblePart(op: Op, characters: readonly string[]): string {
  const count = visibleOf(op, characters.length);
  // Keeping begins where the op counts from; masking a length leaves the other end.
  const isAtEnd = (op["reverse"] === true) === (op["length"] === undefined);
  return (isAtEnd ? characters.slice(characters.length - count) : characters.slice(0, count)).join("");
}

export const truncateOracle: OpOracle = {
  shows: () => EVERYTHING,
  permits: (op, { text }, output) =>
    text.startsWith(output.text) && [...output.text].length <= numberIn(op, "length", 0),
  hides: (op, one, other) => cut(op, one.text) === cut(op, other.text),
};

function cut(op: Op, text: string): string {
  return [...text].slice(0, numberIn(op, "length", 0)).join("");
}

const MASKED = "***";

export const maskEmailOracle: OpOracle = {
  shows(op, guise) {
    if (guise === "domain") return op["mask_domain"] === true ? 0 : EVERYTHING;
    return numberIn(op, "keep", 1);
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
  const keep = numberIn(op, "keep", 1);
  return local.startsWith(shown) && [...shown].length <= ([...local].length >= 2 * keep ? keep : 0);
}

/** What shows of an address at most. */
function emailPart(op: Op, text: string): string {
  const [local = "", domain = ""] = text.split("@");
  return `${[...local].slice(0, numberIn(op, "keep", 1)).join("")}@${domainOf(op, domain)}`;
}
