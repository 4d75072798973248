import type { Instant } from "#plan";

/** What the states of an entity are ordered by: the first difference decides. */
export interface StateOrder {
  /** When the life began that the state belongs to, or ends. */
  readonly life: Instant;
  /** The state is the end of its life: no other state of that life is above it. */
  readonly deleted: boolean;
  /** When the entity changed, by its own account. */
  readonly own: Instant;
  /** When the event happened. */
  readonly event: Instant;
  /** The state begins its life, so that of two of one moment it is the earlier one. */
  readonly created: boolean;
  /** Keyed token of the event: what else is equal is told apart by it, and only the same event is equal. */
  readonly tie: string;
}

/** Digits of ms: every RFC 3339 time has at most so many, so that texts compare as times do. */
const MS_DIGITS = 15;
const US_DIGITS = 3;

/**
 * Writes an order as a string: of two states of an entity the newer one has the greater string.
 *
 * ASCII of one width (83 characters with a tie of 22), so that JavaScript, Painless and DynamoDB agree on what is
 * greater. Times before 1970 count as 1970.
 */
export function writeOrder({ life, deleted, own, event, created, tie }: StateOrder): string {
  return [moment(life), flag(deleted), moment(own), moment(event), flag(!created), tie].join(".");
}

function moment({ ms, us }: Instant): string {
  if (ms < 0) return "0".repeat(MS_DIGITS + US_DIGITS);
  return `${ms}`.padStart(MS_DIGITS, "0") + `${us}`.padStart(US_DIGITS, "0");
}

function flag(isSet: boolean): "0" | "1" {
  return isSet ? "1" : "0";
}
