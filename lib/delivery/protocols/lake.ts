import { createFence } from "../fence.ts";
import { mapBounded } from "../map-bounded.ts";
import type { Outcome } from "../outcome.ts";
import { answerOf } from "../pair.ts";
import type { Delivery, Sink } from "../ports.ts";
import { type ClaimEvent, createClaimer, type LakeAttempt } from "./claim.ts";
import { deliverDistinct } from "./distinct.ts";
import type { LakeOptions } from "./lake-options.ts";
import { abandonPart, writePart } from "./write-part.ts";

/**
 * Makes a sink in which each event is in exactly one object, under any repetition, crash, stall or lost response.
 *
 * One ledger write per new event; an object holds exactly the events that are claimed for it. README.md tells why that
 * is enough.
 */
export function createLakeSink<Row>(options: LakeOptions<Row>): Sink {
  return {
    deliver: (batch, deadlineMs) => deliverDistinct(batch, (events) => deliverEvents(events, deadlineMs, options)),
  };
}

async function deliverEvents<Row>(
  events: readonly Delivery[],
  deadlineMs: number,
  options: LakeOptions<Row>,
): Promise<readonly Outcome[]> {
  const attempt = beginAttempt(deadlineMs, options);
  const { parts, refused } = divide(events, attempt, options);
  const claims = await claimAll(parts, attempt, options);
  const { parallelWrites } = options.limits;
  const delivered = await mapBounded(parts, parallelWrites, (part) => deliverPart(part, claims, attempt, options));
  const outcomes = new Map([...refused, ...delivered.flat()]);
  return events.map(({ ledgerId }) => answerOf(outcomes, ledgerId));
}

/** Events that will share one object, and the key it will have. */
interface Part<Row> {
  readonly key: string;
  readonly members: Member<Row>[];
}

interface Member<Row> {
  /** The event's ledger id. */
  readonly id: string;
  readonly row: Row;
}

/** What becomes of the event with a ledger id. */
type EventOutcome = readonly [id: string, outcome: Outcome];

/** What came of claiming each event, by ledger id. */
type Claims = ReadonlyMap<string, Awaited<ReturnType<ClaimEvent>>>;

function beginAttempt<Row>(deadlineMs: number, { clock, random, limits }: LakeOptions<Row>): LakeAttempt {
  const nowMs = clock.nowMs();
  return {
    fence: createFence(random),
    leaseUntilMs: nowMs + limits.leaseMs,
    expiresMs: nowMs + limits.rememberMs,
    deadlineMs,
  };
}

/** Sorts events into parts; what the layout refuses is rejected. */
function divide<Row>(
  deliveries: readonly Delivery[],
  { fence }: LakeAttempt,
  { layout }: LakeOptions<Row>,
): { readonly parts: readonly Part<Row>[]; readonly refused: readonly EventOutcome[] } {
  const parts = new Map<string, Part<Row>>();
  const refused: EventOutcome[] = [];
  for (const delivery of deliveries) {
    const prepared = layout.prepare(delivery);
    if ("kind" in prepared) {
      refused.push([delivery.ledgerId, prepared]);
      continue;
    }
    const { partition, row } = prepared;
    const part = parts.get(partition) ?? { key: layout.objectKey(partition, `${fence}-${parts.size}`), members: [] };
    part.members.push({ id: delivery.ledgerId, row });
    parts.set(partition, part);
  }
  return { parts: [...parts.values()], refused };
}

async function claimAll<Row>(
  parts: readonly Part<Row>[],
  attempt: LakeAttempt,
  options: LakeOptions<Row>,
): Promise<Claims> {
  const claim = createClaimer(options, attempt);
  const wanted = parts.flatMap(({ key, members }) => members.map(({ id }) => ({ id, key })));
  const made = await mapBounded(
    wanted,
    options.limits.parallelClaims,
    async ({ id, key }) => [id, await claim(id, key)] as const,
  );
  return new Map(made);
}

/** Writes a part's object, unless it is unknown which events it would have to hold. */
async function deliverPart<Row>(
  { key, members }: Part<Row>,
  claims: Claims,
  attempt: LakeAttempt,
  options: LakeOptions<Row>,
): Promise<readonly EventOutcome[]> {
  const claimOf = ({ id }: Member<Row>) => answerOf(claims, id);
  const rows = members.filter((member) => claimOf(member).kind === "ok").map(({ row }) => row);
  const isUnsure = members.some((member) => claimOf(member).kind === "unknown");
  const written = isUnsure
    ? await abandonPart(key, attempt, options)
    : await writePart({ key, rows }, attempt, options);
  return members.map((member) => {
    const claim = claimOf(member);
    return [member.id, claim.kind === "ok" || claim.kind === "unknown" ? written : claim];
  });
}
