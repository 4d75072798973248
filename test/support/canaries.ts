import { isIPv4, isIPv6 } from "node:net";

/** A value that occurs once in all input, so that wherever it turns up, its origin is known. */
export interface Canary {
  readonly text: string;
  /** Where it was planted, such as `detail.data.object.identities[].user_id`. */
  readonly path: string;
}

/** Members that say which event it is: changing them would make it another event, or none. */
const ENVELOPE =
  /^(version|specversion|id|_id|type|time|date|source|detail-type|log_id|region|account|a0tenant|a0stream|a0purpose)$/;
const EMAIL = /[^\s@<>"]+@[^\s@<>"]+\.[a-z]+/gi;
const TIME = /^\d{4}-\d{2}-\d{2}T/;
const PHONE = /^\+?[\d ()-]{7,}$/;

/** Finds canaries again, in any text. */
const ANY = /canary-\d+|\b10\.\d+\.\d+\.\d+\b|\bfd00:[0-9a-f:]+|\+1555\d{7}/g;

/**
 * Rewrites every string of a record that is not part of its envelope to a canary of the same form (an e-mail address
 * stays one), and gives every object a member that nobody declares.
 *
 * Reads JSON in its own way, with no part of the product.
 */
export function createPlanter() {
  const canaries = new Map<string, Canary>();
  const plant = (text: string, path: string) => {
    canaries.set(text, { text, path });
    return text;
  };
  const number = () => canaries.size + 1;

  function rewriteText(text: string, path: string): string {
    const n = number();
    if (TIME.test(text) || text.length < 2) return text;
    if (isIPv4(text)) return plant(ipv4Of(n), path);
    if (isIPv6(text)) return plant(`fd00::${n.toString(16)}`, path);
    if (PHONE.test(text)) return plant(`+1555${String(n).padStart(7, "0")}`, path);
    if (text.match(EMAIL)) return text.replace(EMAIL, () => `${plant(`canary-${number()}`, path)}@leak.example`);
    return plant(`canary-${n}`, path);
  }

  function rewrite(value: unknown, path: string): unknown {
    if (typeof value === "string") return rewriteText(value, path);
    if (Array.isArray(value)) return value.map((item) => rewrite(item, `${path}[]`));
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).map(([name, member]) => {
      const at = path === "" ? name : `${path}.${name}`;
      return [name, ENVELOPE.test(name) && typeof member === "string" ? member : rewrite(member, at)];
    });
    const name = plant(`canary-${number()}`, `${path}.(undeclared name)`);
    return Object.fromEntries([...members, [name, plant(`canary-${number()}`, `${path}.(undeclared)`)]]);
  }

  return { canaries, rewrite: (record: unknown) => rewrite(record, "") };
}

/** No address ends with 0, so that cutting host bits off changes each of them. */
function ipv4Of(n: number): string {
  const network = Math.floor(n / 254);
  return `10.${network >> 8}.${network & 255}.${1 + (n % 254)}`;
}

/** Lists the canaries of a text. */
export function findCanaries(text: string): readonly string[] {
  return [...new Set(text.match(ANY) ?? [])];
}
