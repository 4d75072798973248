import { ABSENT, type Answer, advancedTo, foundClaim, OK } from "#delivery/answer";
import type { Advance, Claim, Fence, Ledger, LedgerKey } from "#delivery/ports";

/** A ledger in memory; an expired claim counts as absent. */
export class MemoryLedger implements Ledger {
  readonly #nowMs: () => number;
  readonly #claims = new Map<string, Claim>();
  #writes = 0;

  constructor(nowMs: () => number = () => 0) {
    this.#nowMs = nowMs;
  }

  /** Writes that were tried, the refused ones included. */
  get writes(): number {
    return this.#writes;
  }

  async insert(key: LedgerKey, claim: Claim): Promise<Answer<"ok" | "found">> {
    this.#writes++;
    const found = this.#find(key);
    if (found !== undefined) return foundClaim(found);
    this.#claims.set(nameOf(key), claim);
    return OK;
  }

  async replace(
    key: LedgerKey,
    claim: Claim,
    { fence }: { readonly fence: Fence },
  ): Promise<Answer<"ok" | "found" | "absent">> {
    this.#writes++;
    const found = this.#find(key);
    if (found?.fence !== fence) return found === undefined ? ABSENT : foundClaim(found);
    this.#claims.set(nameOf(key), claim);
    return OK;
  }

  async advance(key: LedgerKey, claim: Claim, when: Advance): Promise<Answer<"advanced" | "found">> {
    this.#writes++;
    const found = this.#find(key);
    if (found !== undefined && !mayAdvance(found, when)) return foundClaim(found);
    const sequence = (found?.sequence ?? 0) + 1;
    this.#claims.set(nameOf(key), { ...claim, sequence });
    return advancedTo(sequence);
  }

  #find(key: LedgerKey): Claim | undefined {
    const found = this.#claims.get(nameOf(key));
    return found !== undefined && (found.expiresMs ?? Number.POSITIVE_INFINITY) >= this.#nowMs() ? found : undefined;
  }
}

function mayAdvance({ state, leaseUntilMs, order = "" }: Claim, { orderBelow, nowMs }: Advance): boolean {
  return (state === "done" || leaseUntilMs < nowMs) && order < orderBelow;
}

function nameOf({ processor, generation, id }: LedgerKey): string {
  return `${processor}#${generation}#${id}`;
}
