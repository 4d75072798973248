import type { Delivery, Outcome } from "#delivery";
import { UNANSWERED } from "#delivery";
import type { Files } from "#delivery/directory/files";
import type { Processes, ProcessName } from "#delivery/directory/lock";
import { type Directory, type DirectoryOptions, openDirectory } from "#delivery/directory/open-directory";
import type { DeliverySpec, Plan } from "#plan";
import { deliveryOf, EVENT_TIME_MS, idOf } from "#support/deliveries";
import { createManualClock } from "#support/manual-clock";
import { planFor } from "#support/plans";
import { createSeededRandom } from "#support/seeded-random";

export const OUT = "/out";

/** One processor per way in which a directory keeps things. */
export const LAKE = planOf("LAKE_OF_PARTS", { sink: "LAKE" });
export const LOGS = planOf("LOG_INDEX", { sink: "LOG_INDEX" });
export const QUEUE = planOf("QUEUE", { sink: "FIFO_QUEUE" });
export const USERS = planOf("USERS", { sink: "ENTITY_INDEX", mode: "NEWEST_STATE" });
export const PLANS: readonly Plan[] = [LAKE, LOGS, QUEUE, USERS];

export function planOf(processor: string, delivery: Partial<DeliverySpec>, generation = "g1"): Plan {
  return planFor({ processor, generation, delivery });
}

/** A machine on which nobody else runs. */
export const ALONE: Processes = { self: processNamed(1), isAlive: () => false };

export function processNamed(pid: number): ProcessName {
  return { host: "here", machine: "m", boot: "b", namespace: "n", pid, started: `s${pid}` };
}

let opened = 0;

export function openOut(files: Files, rest: Partial<DirectoryOptions> = {}): Promise<Directory> {
  return openDirectory({
    files,
    processes: ALONE,
    directory: OUT,
    plans: PLANS,
    keyName: () => "test",
    clock: createManualClock(),
    random: createSeededRandom(`run ${opened++}`),
    ...rest,
  });
}

/** An event of a user: the higher the number, the newer the state. */
export function userEvent(user: string, number: number): Delivery {
  const name = `${user}-${number}`;
  return deliveryOf(name, {
    entityKey: idOf(user),
    order: String(number).padStart(3, "0"),
    timeMs: EVENT_TIME_MS + number * 1_800_000,
  });
}

/** Batches with events of two hours, repetitions within and across batches, and states out of order. */
export const BATCHES: readonly (readonly Delivery[])[] = [
  [userEvent("ann", 1), userEvent("bob", 1), userEvent("ann", 1)],
  [userEvent("ann", 3), userEvent("ann", 2), userEvent("bob", 1)],
  [userEvent("cid", 1), userEvent("ann", 2), userEvent("bob", 4)],
];

export const EVENTS: readonly Delivery[] = [...new Map(BATCHES.flat().map((each) => [each.ledgerId, each])).values()];

/** Delivers every batch to every sink and publishes; what was said of each delivery is noted as soon as it is said. */
export async function runAll(
  directory: Directory,
  note: (sink: number, delivery: Delivery, settled: Outcome) => void = () => undefined,
  batches: readonly (readonly Delivery[])[] = BATCHES,
): Promise<void> {
  for (const batch of batches) {
    const sinks = [...directory.outlets.map(({ sink }) => sink), directory.quarantine];
    await Promise.all(
      sinks.map(async (sink, index) => {
        const settled = await sink.deliver(batch, Number.POSITIVE_INFINITY);
        for (const [at, delivery] of batch.entries()) note(index, delivery, settled[at] ?? UNANSWERED);
      }),
    );
  }
  await directory.publish();
  await directory.close();
}

/** Delivery ids, or payloads, that the files of an output hold, in order; repetitions included. */
export function contentOf(files: ReadonlyMap<string, string>): Readonly<Record<string, readonly string[]>> {
  const linesOf = (folder: string) =>
    [...files]
      .filter(([path]) => path.startsWith(`${OUT}/${folder}/`))
      .flatMap(([, text]) => text.split("\n").slice(0, -1));
  const parsed = (folder: string) => linesOf(folder).map((line) => JSON.parse(line));
  return {
    lake: parsed("LAKE_OF_PARTS").map(({ name }) => name),
    logs: parsed("LOG_INDEX").flatMap(({ create }) => (create ? [create._id] : [])),
    queue: parsed("QUEUE").map(({ dedup_id }) => dedup_id),
    users: linesInPairs(linesOf("USERS")),
    quarantine: parsed("quarantine").map(({ name }) => name),
  };
}

/** The entity and the order of each state for an index. */
function linesInPairs(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, at) => {
    const { update } = JSON.parse(line);
    return update ? [`${update._id} ${Number(JSON.parse(lines[at + 1] ?? "").script.params.order)}`] : [];
  });
}

/** What the output must hold, whatever happened on the way. */
export function expectedContent(): Readonly<Record<string, readonly string[]>> {
  const names = EVENTS.map(({ payload }) => JSON.parse(Buffer.from(payload).toString()).name);
  const ids = EVENTS.map(({ deliveryId }) => deliveryId);
  const users = [`${idOf("ann")} 3`, `${idOf("bob")} 4`, `${idOf("cid")} 1`];
  return { lake: names, logs: ids, queue: ids, users, quarantine: names };
}

export function sorted(
  content: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(content).map(([name, values]) => [name, values.toSorted()]));
}
