import { DeliveryError } from "#errors";
import type { Claim } from "./claim.ts";
import type { ClaimLedger } from "./ports.ts";
import { checkPins, type PinnedStream, type PinPlace, type StreamPin } from "./stream-pin.ts";

/** Ids of events have 43 characters: neither of these is one. */
const PIN_ID = "pin";
const POLICY_ID = "policy ";

const LEDGER: PinPlace = {
  name: "the ledger table",
  restore: "put the former value back into the processor's secret",
  begin: "deploy it as a new generation (`generation` in processors.proto)",
};

/**
 * Pins a stream to its keys and delivery in the ledger, by one conditional item, and notes the hash of the policy.
 *
 * The item is a claim that is done from the start: its fence is the name of the keys, its object key the delivery hash.
 *
 * @throws {ConfigError} when the stream was begun under others
 * @throws {DeliveryError} when the ledger does not say so
 */
export async function pinInLedger(
  stream: PinnedStream,
  policy: string,
  ledger: Pick<ClaimLedger, "insert">,
): Promise<void> {
  const { processor, generation } = stream;
  const found = await insertOrFind({ processor, generation, id: PIN_ID }, claimOf(stream), ledger);
  checkPins([stream], () => found, LEDGER);
  await insertOrFind({ processor, generation, id: `${POLICY_ID}${policy}` }, claimOf(stream), ledger);
}

type Insert = Parameters<ClaimLedger["insert"]>;

async function insertOrFind(
  key: Insert[0],
  claim: Claim,
  ledger: Pick<ClaimLedger, "insert">,
): Promise<StreamPin | undefined> {
  const answer = await ledger.insert(key, claim);
  if (answer.kind === "ok") return undefined;
  if (answer.kind === "found") return { keys: answer.claim.fence, delivery: answer.claim.objectKey ?? "" };
  throw new DeliveryError(
    "STORE_UNKNOWN",
    `expected the ledger to tell under which keys ${key.processor} ${key.generation} was begun, got no answer: it is asked again`,
    { retryable: true },
  );
}

/** What a generation was begun under is remembered for as long as there is a table. */
function claimOf({ keys, delivery }: StreamPin): Claim {
  return { fence: keys, objectKey: delivery, state: "done", leaseUntilMs: 0 };
}
