import type { Plan } from "#plan";
import { type Checking, type Comparison, listComparisons } from "./check.ts";
import { runVaried, type VariedRun } from "./run-varied.ts";
import { varyEvent } from "./vary-event.ts";

/**
 * Long enough to be no word: two processors have the same one only if it was made for both. Times and versions are digits
 * alone; they are rows of the matrix, and whoever gets them is told so.
 */
const TOKEN = /(?=\d*[A-Za-z_-])[A-Za-z0-9_-]{16,}/g;

const BASE = { variantAt: () => "base" as const };

/**
 * Looks for tokens that were made for more than one processor, in events that are all about one person: with them, two
 * consumers could put together what each knows. What stood in an event itself is no such token; the policy let it leave.
 *
 * @returns how many tokens were compared
 */
export async function checkLinked(checking: Checking): Promise<number> {
  const { blueprints, report } = checking;
  const run = await runVaried(blueprints, () => BASE, checking);
  const input = new Set(
    blueprints.flatMap((blueprint, number) => tokensOf(textOf(varyEvent(blueprint, number, BASE)))),
  );
  const names = new Set(blueprints.flatMap(({ schema, type = "" }) => tokensOf(`${schema} ${type}`)));
  const owners = new Map<string, Plan>();
  for (const comparison of listComparisons(checking)) {
    const { plan, blueprint } = comparison;
    for (const { token, beside } of tokensGiven(comparison, run)) {
      const owner = owners.get(token);
      const isMade = !input.has(token) && !names.has(token) && !token.startsWith(plan.hash);
      if (isMade && owner !== undefined && owner.processor !== plan.processor) {
        report({ plan, blueprint, path: "", beside, how: "another processor has the same token" });
      }
      if (isMade) owners.set(token, plan);
    }
  }
  return owners.size;
}

interface TokenGiven {
  readonly token: string;
  readonly beside: boolean;
}

/** What tells events apart inside, such as the ledger's id, leaves nowhere and is the same for all. */
function tokensGiven({ plan, number }: Comparison, run: VariedRun): readonly TokenGiven[] {
  const given = run.get(plan, number);
  if (given === undefined) return [];
  const { ledgerId: _, ...beside } = JSON.parse(given.beside) as Readonly<Record<string, unknown>>;
  return [
    ...tokensOf(given.payload).map((token) => ({ token, beside: false })),
    ...tokensOf(JSON.stringify(beside)).map((token) => ({ token, beside: true })),
  ];
}

function tokensOf(text: string): readonly string[] {
  return text.match(TOKEN) ?? [];
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
