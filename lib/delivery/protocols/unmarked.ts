import type { Claim, LedgerKey } from "../ports.ts";
import { type ClaimContext, markDone } from "./lease.ts";

/** Claims whose message was sent while the ledger would not have it written down. */
export interface Unmarked {
  add(key: LedgerKey, claim: Claim): void;
  /** Tells whether a claim that was found is one of them: its message is not to be sent again. */
  has(key: LedgerKey, found: Claim): boolean;
  /** The same, and forgets it. */
  take(key: LedgerKey, found: Claim): boolean;
  /** Marks them, as far as the ledger has it; what it has not is left for the next time. */
  mark(context: ClaimContext): Promise<void>;
}

/** More than a worker can leave behind while its ledger is away; beyond it the oldest are sent again. */
const MOST = 10_000;

/** Longest time of a batch that is spent on earlier ones. */
const MARK_MS = 5_000;

interface Entry {
  readonly key: LedgerKey;
  readonly claim: Claim;
  readonly isMarked: boolean;
}

/** Remembers them for as long as the process lives: the ledger, which would be the place, is what fails. */
export function createUnmarked(): Unmarked {
  const entries = new Map<string, Entry>();
  const put = (entry: Entry) => void entries.set(entry.key.id, entry);
  const has: Unmarked["has"] = ({ id }, { fence }) => entries.get(id)?.claim.fence === fence;

  /** Tells whether the ledger answered. */
  async function markOne({ key, claim }: Entry, context: ClaimContext): Promise<boolean> {
    const marking = await markDone(context, key, claim);
    if (marking === "marked") put({ key, claim, isMarked: true });
    if (marking === "lost") entries.delete(key.id);
    return marking !== "unknown";
  }

  return {
    has,
    add(key, claim) {
      put({ key, claim, isMarked: false });
      for (const oldest of entries.keys()) if (entries.size > MOST) entries.delete(oldest);
    },
    take: (key, found) => has(key, found) && entries.delete(key.id),
    async mark(context) {
      const deadlineMs = Math.min(context.deadlineMs, context.clock.nowMs() + MARK_MS);
      for (const entry of [...entries.values()].filter(({ isMarked }) => !isMarked)) {
        if (!(await markOne(entry, { ...context, deadlineMs }))) return;
      }
    },
  };
}
