import { ABSENT, type Answer, foundClaim, OK } from "#delivery/answer";
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
    when: { readonly fence: Fence } | Advance,
  ): Promise<Answer<"ok" | "found" | "absent">> {
    this.#writes++;
    const found = this.#find(key);
    if (!holds(when, found)) return found === undefined ? ABSENT : foundClaim(found);
    this.#claims.set(nameOf(key), claim);
    return OK;
  }

  #find(key: LedgerKey): Claim | undefined {
    const found = this.#claims.get(nameOf(key));
    return found !== undefined && found.expiresMs >= this.#nowMs() ? found : undefined;
  }
}

function holds(when: { readonly fence: Fence } | Advance, found: Claim | undefined): boolean {
  if ("fence" in when) return found?.fence === when.fence;
  if (found === undefined) return true;
  const isFree = found.state === "done" || found.leaseUntilMs < when.nowMs;
  return isFree && (found.version ?? 0n) < when.versionBelow;
}

function nameOf({ processor, generation, id }: LedgerKey): string {
  return `${processor}#${generation}#${id}`;
}
