import { describe, expect, it } from "vitest";
import { DELIVERED, DUPLICATE, rejected, STALE } from "#delivery";
import { sealJson } from "#delivery/directory/checkpoint";
import { readRegister } from "#delivery/directory/register";
import { newestLines } from "#delivery/layouts/newest-script";
import { ConfigError, type ErrorCode } from "#errors";
import type { Plan } from "#plan";
import { deliveryOf, idOf } from "#support/deliveries";
import { LAKE, OUT, openOut, PLANS, planOf, processNamed, QUEUE, runAll, userEvent } from "#support/directory-run";
import { createMemoryDisk, type MemoryDisk } from "#support/memory-files";

const NO_DEADLINE = Number.POSITIVE_INFINITY;

async function diskAfterRun(): Promise<MemoryDisk> {
  const disk = createMemoryDisk();
  await runAll(await openOut(disk.mount()));
  return disk;
}

async function deliverTo(plan: Plan, names: readonly string[], disk = createMemoryDisk()): Promise<MemoryDisk> {
  const directory = await openOut(disk.mount(), { plans: [plan] });
  await directory.outlets[0]?.sink.deliver(
    names.map((name) => deliveryOf(name, { entityKey: idOf("user"), order: "7", attributes: { policy: "p" } })),
    NO_DEADLINE,
  );
  await directory.publish();
  await directory.close();
  return disk;
}

function outputIn(disk: MemoryDisk): Readonly<Record<string, string>> {
  const output = [...disk.filesBelow(OUT)].filter(([path]) => !path.startsWith(`${OUT}/.shield`));
  return Object.fromEntries(output.map(([path, text]) => [path.slice(OUT.length + 1), text]));
}

function newestText(index: string, id: string, order: string, document: string): string {
  return Buffer.from(newestLines({ index, id, order, document: Buffer.from(document) })).toString();
}

function refusal(message: string, code: ErrorCode): ConfigError {
  return new ConfigError(message, { code });
}

describe("openDirectory", () => {
  it("gives each sink what it takes as it is", async () => {
    const [id, user] = [idOf("delivery a"), idOf("user")];
    expect(outputIn(await deliverTo(planOf("FRAUD", { sink: "FIFO_QUEUE" }), ["a"]))).toEqual({
      "FRAUD/messages.ndjson": `{"body":"{\\"name\\":\\"a\\"}","group":"${user}","dedup_id":"${id}","attributes":{"policy":"p"}}\n`,
      "quarantine/rejected.ndjson": "",
    });
    expect(outputIn(await deliverTo(planOf("FEED", { sink: "STANDARD_QUEUE" }), ["a"]))).toMatchObject({
      "FEED/messages.ndjson": `{"body":"{\\"name\\":\\"a\\"}","attributes":{"policy":"p","delivery_id":"${id}"}}\n`,
    });
    expect(outputIn(await deliverTo(planOf("APP_LOGS", { sink: "LOG_INDEX" }), ["a"]))).toMatchObject({
      "APP_LOGS/bulk.ndjson": `{"create":{"_index":"app-logs-g1-2026.01.31","_id":"${id}"}}\n{"name":"a"}\n`,
    });
    const users = planOf("USER_SEARCH", { sink: "ENTITY_INDEX", mode: "NEWEST_STATE" });
    expect(outputIn(await deliverTo(users, ["a"]))).toMatchObject({
      "USER_SEARCH/bulk.ndjson": newestText("user-search-g1", user, "7", '{"name":"a"}'),
    });
    const states = planOf("STATES", { sink: "FIFO_QUEUE", mode: "NEWEST_STATE" });
    expect(outputIn(await deliverTo(states, ["a"]))["STATES/messages.ndjson"]).toContain(
      `"group":"${user}","dedup_id":"${id}","attributes":{"policy":"p","sequence":"1"}`,
    );
  });

  it("puts lake objects in partitions by the hour of their events", async () => {
    const output = outputIn(await deliverTo(planOf("LAKE", { sink: "LAKE" }), ["a", "b"]));
    const [path = ""] = Object.keys(output).filter((name) => name.startsWith("LAKE/"));
    expect(path).toMatch(/^LAKE\/dt=2026-01-31\/hour=23\/part-[\w-]{22}-0\.ndjson$/);
    expect(output[path]).toBe('{"name":"a"}\n{"name":"b"}\n');
  });

  it("writes later generations beside the first", async () => {
    const disk = await deliverTo(QUEUE, ["a"]);
    await deliverTo(planOf("QUEUE", { sink: "FIFO_QUEUE" }, "g2"), ["a"], disk);
    const { "QUEUE/messages.ndjson": first, "QUEUE@g2/messages.ndjson": second } = outputIn(disk);
    expect(second).toBe(first);
  });

  it("keeps what processors that do not run this time have", async () => {
    const disk = await diskAfterRun();
    const before = outputIn(disk);
    await deliverTo(QUEUE, ["ann-1"], disk);
    expect(outputIn(disk)).toEqual(before);
  });

  it("leaves nothing but output outside of its own folder, and no temporary file in it", async () => {
    const disk = await diskAfterRun();
    const names = [...disk.filesBelow(OUT).keys()].filter((path) => /temporary\/|\.new$|locking/.test(path));
    expect(names).toEqual([]);
  });

  it("takes another policy that carries records as before, and notes it", async () => {
    const disk = await diskAfterRun();
    const changed = { ...planOf("QUEUE", { sink: "FIFO_QUEUE", metadata: ["SPACE"] }), hash: "another" };
    await (await openOut(disk.mount(), { plans: [LAKE, changed] })).close();
    const register = await readRegister(disk.mount(), "/out/.shield/streams.json");
    const queue = register?.streams.find(({ processor }) => processor === "QUEUE");
    expect(queue?.policies).toEqual([QUEUE.hash, "another"]);
  });

  it("refuses to carry records in another way and says how to go on", async () => {
    const disk = await diskAfterRun();
    const changed = planOf("QUEUE", { sink: "STANDARD_QUEUE" });
    await expect(openOut(disk.mount(), { plans: [LAKE, changed] })).rejects.toThrow(
      refusal(
        "expected the transport, entity, order and format under which /out was written, got others for QUEUE g1; build output of its own with --generation g2",
        "OUTPUT_OTHER_POLICY",
      ),
    );
    await (await openOut(disk.mount(), { plans: [LAKE, { ...changed, generation: "g2" }] })).close();
  });

  it("names a generation that is free", async () => {
    const disk = await deliverTo(QUEUE, ["a"]);
    await deliverTo({ ...QUEUE, generation: "g2" }, ["a"], disk);
    await expect(openOut(disk.mount(), { plans: [planOf("QUEUE", { sink: "STANDARD_QUEUE" })] })).rejects.toThrow(
      "--generation g3",
    );
  });

  it("refuses other keys", async () => {
    const disk = await diskAfterRun();
    await expect(openOut(disk.mount(), { keyName: () => "others" })).rejects.toThrow(
      refusal(
        'expected the keys "test" of quarantine g1 in /out, got "others": ids would change; run with the key file of the earlier runs (--keys), or build output of its own with --generation g2',
        "OUTPUT_OTHER_KEYS",
      ),
    );
  });

  it("refuses files that it did not write", async () => {
    const disk = createMemoryDisk();
    const files = disk.mount();
    await files.makeDirectory(`${OUT}/QUEUE`);
    await (await files.open(`${OUT}/QUEUE/messages.ndjson`)).close();
    await expect(openOut(files)).rejects.toThrow(
      refusal("expected /out/QUEUE to be empty or written by earlier runs, got other files", "OUTPUT_UNKNOWN"),
    );
  });

  it.each([
    {
      gone: "journal",
      message: "expected a file at /out/.shield/journal, got none; shield verify /out tells what is lost",
    },
    {
      gone: "streams.json",
      message: "expected a file at /out/.shield/streams.json, got none; shield verify /out tells what is lost",
    },
  ])("refuses to go on without its $gone", async ({ gone, message }) => {
    const disk = await diskAfterRun();
    await disk.mount().remove(`${OUT}/.shield/${gone}`);
    await expect(openOut(disk.mount())).rejects.toThrow(refusal(message, "OUTPUT_DAMAGED"));
  });

  it("refuses a register of a later version, and one that is none", async () => {
    const disk = await diskAfterRun();
    disk.overwrite(`${OUT}/.shield/streams.json`, () => sealJson("streams.json", { version: 2 }));
    await expect(openOut(disk.mount())).rejects.toThrow(
      refusal(
        "expected output of version 1 in /out/.shield/streams.json, got version 2; shield verify /out tells what is lost",
        "OUTPUT_UNKNOWN",
      ),
    );
    disk.overwrite(`${OUT}/.shield/streams.json`, () => Buffer.from("{"));
    await expect(openOut(disk.mount())).rejects.toThrow(
      "expected JSON in /out/.shield/streams.json, got something else",
    );
  });

  it("refuses a file that lost what was delivered", async () => {
    const disk = await diskAfterRun();
    const length = (outputIn(disk)["QUEUE/messages.ndjson"] ?? "").length;
    disk.overwrite(`${OUT}/QUEUE/messages.ndjson`, (bytes) => bytes.slice(1));
    await expect(openOut(disk.mount())).rejects.toThrow(
      refusal(
        `expected ${length} bytes at /out/QUEUE/messages.ndjson, got ${length - 1} bytes; shield verify /out tells what is lost`,
        "OUTPUT_DAMAGED",
      ),
    );
  });

  it("refuses a file in which others wrote behind what was delivered", async () => {
    const disk = await diskAfterRun();
    disk.overwrite(`${OUT}/QUEUE/messages.ndjson`, (bytes) => Buffer.concat([bytes, Buffer.from("half a li")]));
    await expect(openOut(disk.mount())).rejects.toThrow("bytes at /out/QUEUE/messages.ndjson, got");
  });

  it("refuses lake objects that it did not write", async () => {
    const disk = await diskAfterRun();
    await (await disk.mount().open(`${OUT}/LAKE_OF_PARTS/part.ndjson`)).close();
    await expect(openOut(disk.mount())).rejects.toThrow(
      refusal(
        "expected no file at /out/LAKE_OF_PARTS/part.ndjson that no run has written, got one; shield verify /out tells what is lost",
        "OUTPUT_UNKNOWN",
      ),
    );
  });

  it("lets nobody in until it is closed, whether or not opening worked", async () => {
    const disk = createMemoryDisk();
    const alive = { self: processNamed(1), isAlive: () => true };
    const first = await openOut(disk.mount(), { processes: alive });
    await expect(openOut(disk.mount(), { processes: alive })).rejects.toThrow("got process 1 on here");
    await first.close();
    await expect(openOut(disk.mount(), { processes: alive, keyName: () => "others" })).rejects.toThrow('got "others"');
    await (await openOut(disk.mount(), { processes: alive })).close();
  });

  it("refuses formats that a file of lines cannot have", async () => {
    const plan = planOf("SEALED_QUEUE", { sink: "FIFO_QUEUE", format: "SEALED" });
    await expect(openOut(createMemoryDisk().mount(), { plans: [plan] })).rejects.toThrow(
      new ConfigError("expected format JSON for SEALED_QUEUE, got SEALED: only lakes have other formats"),
    );
  });

  it("tells what remembering takes", async () => {
    const directory = await openOut((await diskAfterRun()).mount());
    expect(directory.memory()).toEqual({ events: 6, bytes: expect.any(Number) });
  });
});

describe("the newest states of a directory", () => {
  const users = PLANS.slice(3);
  const settle = async (disk: MemoryDisk, batch: ReturnType<typeof userEvent>[]) => {
    const directory = await openOut(disk.mount(), { plans: users });
    const settled = await directory.outlets[0]?.sink.deliver(batch, NO_DEADLINE);
    await directory.publish();
    await directory.close();
    return settled;
  };

  it("tells newer, equal and older states apart across runs", async () => {
    const disk = createMemoryDisk();
    expect(await settle(disk, [userEvent("ann", 2)])).toEqual([DELIVERED]);
    expect(await settle(disk, [userEvent("ann", 1), userEvent("ann", 2)])).toEqual([STALE, DUPLICATE]);
    expect(await settle(disk, [userEvent("ann", 3)])).toEqual([DELIVERED]);
  });

  it("does not bring back an entity that is gone, and keeps nothing of it", async () => {
    const disk = createMemoryDisk();
    await settle(disk, [userEvent("ann", 1)]);
    await settle(disk, [{ ...userEvent("ann", 3), deleted: true }]);
    expect(await settle(disk, [userEvent("ann", 2)])).toEqual([STALE]);
    expect(outputIn(disk)["USERS/bulk.ndjson"]).toBe(newestText("users-g1", idOf("ann"), "003", '{"deleted":true}'));
  });

  it("publishes the same bytes whatever the order of arrival", async () => {
    const events = Array.from({ length: 40 }, (_, index) => userEvent(`user ${index}`, index));
    const [one, other] = [createMemoryDisk(), createMemoryDisk()];
    await settle(one, events);
    for (const event of events.toReversed()) await settle(other, [event]);
    expect(outputIn(other)).toEqual(outputIn(one));
  });

  it("publishes again what was taken away", async () => {
    const disk = createMemoryDisk();
    await settle(disk, [userEvent("ann", 1)]);
    const before = outputIn(disk);
    await disk.mount().remove(`${OUT}/USERS/bulk.ndjson`);
    await settle(disk, []);
    expect(outputIn(disk)).toEqual(before);
  });

  it("refuses what has no entity or order", async () => {
    const { entityKey: _, ...noEntity } = userEvent("ann", 1);
    const { order: __, ...noOrder } = userEvent("bob", 1);
    expect(await settle(createMemoryDisk(), [noEntity])).toEqual([rejected("ENFORCER_FAILED")]);
    expect(await settle(createMemoryDisk(), [noOrder])).toEqual([rejected("ENFORCER_FAILED")]);
  });

  it("forgets older states once they are most of the log, and nothing else", async () => {
    const disk = createMemoryDisk();
    const big = (number: number) => ({ ...userEvent("ann", number), payload: Buffer.alloc(100_000, 0x20) });
    const logLength = () => disk.filesBelow(`${OUT}/.shield/states`).get(`${OUT}/.shield/states/USERS`)?.length ?? 0;
    await settle(disk, [userEvent("bob", 1)]);
    const directory = await openOut(disk.mount(), { plans: users });
    for (let number = 1; number <= 30; number++) await directory.outlets[0]?.sink.deliver([big(number)], NO_DEADLINE);
    await directory.publish();
    await directory.close();
    const before = outputIn(disk);
    expect(logLength()).toBeGreaterThan(1_000_000);
    await settle(disk, []);
    expect(logLength()).toBeLessThan(210_000);
    expect(outputIn(disk)).toEqual(before);
    expect(await settle(disk, [big(29), userEvent("bob", 1)])).toEqual([STALE, DUPLICATE]);
  });
});
