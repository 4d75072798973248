import { createHash } from "node:crypto";

/** Longest name of a bucket and of most other things. */
const MAX_LENGTH = 63;

/** A hyphen and an AWS account. */
const ACCOUNT_LENGTH = 13;

/**
 * Makes a name that another stack can know without a reference: references across regions cannot be removed again.
 *
 * Lower case, digits and hyphens; a name that would be too long is cut and told apart by a hash.
 */
export function resourceName(...parts: readonly string[]): string {
  return nameWithin(MAX_LENGTH, parts);
}

/** Makes such a name for what must be unique among all accounts. The account may be a token. */
export function accountName(account: string, ...parts: readonly string[]): string {
  return `${nameWithin(MAX_LENGTH - ACCOUNT_LENGTH, parts)}-${account}`;
}

function nameWithin(length: number, parts: readonly string[]): string {
  const name = ["event-shield", ...parts]
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-");
  if (name.length <= length) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, length - hash.length - 1)}-${hash}`;
}
