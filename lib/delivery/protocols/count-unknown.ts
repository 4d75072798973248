import type { Answer } from "../answer.ts";
import type { Ledger } from "../ports.ts";

/** Tells of every write whose outcome nobody knows. */
export function countUnknown(ledger: Ledger, onUnknown: () => void): Ledger {
  const told = <Of extends Answer>(answer: Of): Of => {
    if (answer.kind === "unknown") onUnknown();
    return answer;
  };
  return {
    insert: async (key, claim, deadlineMs) => told(await ledger.insert(key, claim, deadlineMs)),
    replace: async (key, claim, when, deadlineMs) => told(await ledger.replace(key, claim, when, deadlineMs)),
    advance: async (key, claim, when, deadlineMs) => told(await ledger.advance(key, claim, when, deadlineMs)),
  };
}
