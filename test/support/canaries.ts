import { isIPv4, isIPv6 } from "node:net";

/** A value that occurs once in all input, so that wherever it turns up, its origin is known. */
export interface Canary {
  readonly text: string;
  /** Where it was planted, such as `detail.data.object.identities[].user_id`. */
  readonly path: string;
  /** Number of the record. */
  readonly record: number;
}

/** Members that say which event it is: changed, it would be another event, or none. */
const ENVELOPE = /^(version|specversion|type|time|date|source|detail-type|log_id|region|account|a0tenant|a0stream)$/;
const EMAIL = /[^\s@<>"]+@[^\s@<>"]+\.[a-z]+/gi;
const TIME = /^\d{4}-\d{2}-\d{2}T/;
const PHONE = /^\+?[\d ()-]{7,}$/;
const EVENT_ID = /^evt_/;

/** Finds canaries again, in any text. */
const ANY = /canary-\d+|\b10\.\d+\.\d+\.[1-9]\d*\b|\bfd00::[0-9a-f]+|\+1555\d{7}/g;

/**
 * Rewrites every string of a record that is not part of its envelope to a canary of the same form (an e-mail address
 * stays one), and gives every object a member that nobody declares. Each event gets an id of its own, and none is a test.
 *
 * Reads JSON in its own way, with no part of the product.
 */
export function createPlanter() {
  const canaries = new Map<string, Canary>();
  let records = 0;

  const number = () => canaries.size + 1;
  function plant(text: string, path: string): string {
    canaries.set(text, { text, path, record: records });
    return text;
  }

  function rewriteText(text: string, path: string): string {
    if (TIME.test(text) || text.length < 2) return text;
    if (EVENT_ID.test(text)) return `evt_${String(records).padStart(22, "0")}`;
    if (isIPv4(text)) return plant(ipv4Of(number()), path);
    if (isIPv6(text)) return plant(`fd00::${number().toString(16)}`, path);
    if (PHONE.test(text)) return plant(`+1555${String(number()).padStart(7, "0")}`, path);
    if (EMAIL.test(text)) return text.replace(EMAIL, () => `${plant(`canary-${number()}`, path)}@leak.example`);
    return plant(`canary-${number()}`, path);
  }

  function rewriteObject(object: object, path: string): object {
    const members = Object.entries(object)
      .filter(([name]) => name !== "a0purpose")
      .map(([name, member]) => {
        const isEnvelope = ENVELOPE.test(name) && typeof member === "string";
        return [name, isEnvelope ? member : rewrite(member, path === "" ? name : `${path}.${name}`)];
      });
    const undeclared = plant(`canary-${number()}`, `${path}.(name)`);
    return Object.fromEntries([...members, [undeclared, plant(`canary-${number()}`, `${path}.(undeclared)`)]]);
  }

  function rewrite(value: unknown, path: string): unknown {
    if (typeof value === "string") return rewriteText(value, path);
    if (Array.isArray(value)) return value.map((item) => rewrite(item, `${path}[]`));
    return typeof value === "object" && value !== null ? rewriteObject(value, path) : value;
  }

  return {
    canaries: canaries as ReadonlyMap<string, Canary>,
    plantIn(record: unknown): unknown {
      records++;
      return rewrite(record, "");
    },
  };
}

/** Lists the canaries of a text. */
export function findCanaries(text: string): readonly string[] {
  return [...new Set(text.match(ANY) ?? [])];
}

/** No address ends with 0, so that cutting host bits off changes each of them. */
function ipv4Of(n: number): string {
  const network = Math.floor(n / 254);
  return `10.${network >> 8}.${network & 255}.${1 + (n % 254)}`;
}
