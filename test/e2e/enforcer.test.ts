import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aliasOf, ledgerIdOf } from "#delivery";
import { indexName } from "#delivery/layouts/bulk-lines";
import { readRecord } from "#feeds";
import type { KeyRing } from "#keys";
import { readKeyMaterial } from "#lambdas/enforcer/open-keys";
import { query } from "#support/query";
import { createDraw } from "#support/seeded-random";
import { type MiniStack, startMiniStack } from "#support/services/ministack";
import { node24Folder } from "#support/services/node24";
import { type OpenSearch, startOpenSearch } from "#support/services/opensearch";
import { until } from "#support/services/processes";
import { createLocalKeys } from "#vault";
import { disturb, makeEvents } from "./support/events.ts";
import { type Fleet, startFleet } from "./support/fleet.ts";
import { expect as decide, type Expected } from "./support/oracle.ts";
import { compilePlans, type Plans } from "./support/policy.ts";
import {
  countMessages,
  drain,
  readBucket,
  readIndex,
  type StoredObject,
  search,
  writeObjects,
} from "./support/readers.ts";
import { CHANNEL, KEY_MATERIAL, makeSpace, plantDeadClaim, SPACE, type Space, send } from "./support/space.ts";

const EVENTS = 5_000;
const DUPLICATES = 0.2;
const KILLS = 10;
const SEED = "enforcer";

/** Records that no processor takes, each sent twice, by the code they are refused with. */
const POISON = {
  INVALID_JSON: "no JSON",
  NO_SOURCE_ID: '{"source":"aws.partner/auth0.com/acme-demo-1/auth0.events","detail":{}}',
  NOT_AN_EVENT: JSON.stringify({
    source: "aws.partner/auth0.com/stranger-1/auth0.events",
    detail: { id: "evt_1", type: "user.created", time: "2026-03-14T09:00:00.000Z", a0tenant: "stranger", data: {} },
  }),
};

describe("5,000 events, some twice, in any order, through enforcers that are killed ten times", () => {
  let server: MiniStack;
  let opensearch: OpenSearch;
  let fleet: Fleet | undefined;
  let folder: string;
  let plans: Plans;
  let space: Space;
  let keys: KeyRing;
  let events: readonly string[];
  let tombstoneKey: string;
  /** Messages in all inlets when the last worker was killed. */
  let leftAtLastKill = 0;
  let lake: readonly StoredObject[];
  const expectedOf = (name: keyof Plans): Expected =>
    decide(plans[name], events, { keys, channel: CHANNEL, facts: { SPACE, REGION: "eu-west-1", CLOUD: "aws" } });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "event-shield-e2e-"));
    [server, opensearch, plans] = await Promise.all([startMiniStack(), startOpenSearch(), compilePlans()]);
    keys = await createLocalKeys({ secret: readKeyMaterial(KEY_MATERIAL) }).open([]);
    events = makeEvents(EVENTS);
    space = await makeSpace({ server, searchUrl: opensearch.url, plans, folder });
    tombstoneKey = await plantClaimOfADeadWorker();
    await fillInlets();
    await workUntilDone();
    lake = await readBucket(server, space.lakeBucket);
    writeObjects(lake, join(folder, "lake"));
  });

  afterAll(async () => {
    await fleet?.stop();
    await Promise.all([server?.stop(), opensearch?.stop()]);
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  async function plantClaimOfADeadWorker(): Promise<string> {
    const [record] = readRecord(Buffer.from(events[0] ?? ""), CHANNEL);
    if (record === undefined) throw new Error("expected an event, got none");
    const ledgerId = ledgerIdOf(record, keys);
    return plantDeadClaim(server, { table: space.ledgerTable, plan: plans.lake, ledgerId });
  }

  async function fillInlets(): Promise<void> {
    const sent = disturb(events, { duplicates: DUPLICATES, seed: SEED });
    const ofUsers = sent.filter((line) => line.includes('"type":"user.'));
    const poison = Object.values(POISON);
    await send(server, space.inlets.lake, [...poison, ...sent, ...poison]);
    await send(server, space.inlets.queue, ofUsers);
    await send(server, space.inlets.search, ofUsers);
  }

  async function workUntilDone(): Promise<void> {
    const { lake, queue, search } = space.workers;
    const workers = [lake, lake, queue, search];
    fleet = startFleet({ nodeFolder: await node24Folder(), workers, log: join(folder, "log.ndjson") });
    const draw = createDraw(SEED);
    for (let kills = 0; kills < KILLS; kills++) {
      await new Promise((resolve) => setTimeout(resolve, 800 + draw(1_500)));
      fleet.kill(draw(workers.length));
    }
    leftAtLastKill = await countLeft();
    await until("every inlet to be empty", 240_000, async () => ((await countLeft()) === 0 ? true : undefined));
    await fleet.stop();
  }

  async function countLeft(): Promise<number> {
    const counts = await Promise.all(Object.values(space.inlets).map((url) => countMessages(server, url)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  it("has much left to do when the last worker is killed, and no worker ends by itself", () => {
    expect(leftAtLastKill).toBeGreaterThan(500);
    expect(fleet?.failures).toBe(0);
  });

  describe("the lake", () => {
    const rows = () => `read_parquet('${join(folder, "lake")}/**/*.parquet', hive_partitioning = true)`;

    it("holds each event in one row of one object", async () => {
      const { types } = expectedOf("lake");
      const counted = await query(
        `SELECT _delivery_id AS id, count(*) AS n, min(_type) AS type FROM ${rows()} GROUP BY 1`,
      );
      expect(counted.filter(({ n }) => Number(n) !== 1)).toEqual([]);
      expect(new Map(counted.map(({ id, type }) => [id, type]))).toEqual(new Map(types));
    });

    it("has typed columns, and partitions by the hour in which events happened", async () => {
      const wrong = await query(
        `SELECT count(*) AS n FROM ${rows()} WHERE strftime(coalesce("time", "date"), '%Y-%m-%d/%H') <> dt || '/' || hour`,
      );
      expect(wrong).toEqual([{ n: "0" }]);
      const [types] = await query(
        `SELECT typeof("time") AS time, typeof(logins_count) AS logins FROM ${rows()} LIMIT 1`,
      );
      expect(types).toMatchObject({ logins: "BIGINT" });
      expect(types?.["time"]).toMatch(/^TIMESTAMP/);
    });

    it("holds a tombstone where a worker died, which readers take for an empty table", async () => {
      expect(lake.find(({ key }) => key === tombstoneKey)?.metadata).toMatchObject({ tombstone: "1" });
      const [count] = await query(`SELECT count(*) AS n FROM read_parquet('${join(folder, "lake", tombstoneKey)}')`);
      expect(count).toEqual({ n: "0" });
    });
  });

  describe("the FIFO queue", () => {
    it("gives each event once", async () => {
      const { deliveries } = expectedOf("queue");
      const messages = await drain(server, space.queueUrl);
      const ids = messages.map(({ dedupId }) => dedupId);
      expect(ids.toSorted()).toEqual([...deliveries.keys()].toSorted());
      for (const { dedupId = "", body } of messages) {
        expect(body).toBe(Buffer.from(deliveries.get(dedupId)?.payload ?? "").toString());
      }
      // A queue of every event needs no order, and tells none.
      for (const { attributes } of messages) expect(Object.keys(attributes)).not.toContain("sequence");
    });
  });

  describe("the search index", () => {
    it("is the fold of all states by their order", async () => {
      const { newest } = expectedOf("search");
      const states = [...newest].map(([key, { order, deleted, payload }]) => {
        const source = deleted ? { deleted: true } : JSON.parse(Buffer.from(payload).toString());
        return [key, { ...source, _shield: { ...source._shield, order } }] as const;
      });
      expect(await readIndex(opensearch.url, indexName(plans.search))).toEqual(new Map(states));
    });

    it("finds users by the first letters of their names, and never a deleted one", async () => {
      const { newest } = expectedOf("search");
      const deleted = [...newest].filter((entry) => entry[1].deleted).map(([key]) => key);
      const living = [...newest].filter((entry) => !entry[1].deleted);
      const named = living.flatMap(([key, { payload }]) => {
        const { given_name: name } = JSON.parse(Buffer.from(payload).toString());
        return typeof name === "string" && name.length > 3 ? [{ key, prefix: name.slice(0, 3) }] : [];
      });
      expect(deleted.length).toBeGreaterThan(10);
      expect(named.length).toBeGreaterThan(10);
      for (const { key, prefix } of named.slice(0, 20)) expect(await findByPrefix(prefix)).toContain(key);
      const ids = (await search(opensearch.url, aliasOf(plans.search), { size: 10_000 })).map(({ _id }) => _id);
      expect(ids.toSorted()).toEqual(living.map(([key]) => key).toSorted());
    });

    async function findByPrefix(prefix: string): Promise<readonly string[]> {
      const fields = ["given_name", "given_name._2gram", "given_name._3gram"];
      const match = { multi_match: { query: prefix, type: "bool_prefix", fields } };
      return (await search(opensearch.url, aliasOf(plans.search), { size: 1_000, query: match })).map(({ _id }) => _id);
    }
  });

  it("keeps each record that is no event in quarantine, once, sealed", async () => {
    const kept = await readBucket(server, space.quarantineBucket);
    const records = kept.map(({ body }) => JSON.parse(Buffer.from(body).toString()));
    expect(records.map(({ rejects }) => rejects[0].code).toSorted()).toEqual(Object.keys(POISON).toSorted());
    for (const { key } of kept) expect(key).toMatch(/^EVENT_LAKE\/[\w-]{43}\.json$/);
    for (const record of records) expect(record.sealed).toMatch(/^es\./);
  });

  it("logs nothing of what events hold", () => {
    const log = readFileSync(join(folder, "log.ndjson"), "utf8");
    const lines = log.split("\n").filter((line) => line !== "");
    expect(lines.length).toBeGreaterThan(50);
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
    const secrets = events.flatMap((line) => [
      ...line.matchAll(/"(?:email|user_id|ip|phone_number|log_id|id)":"([^"]{6,})"/g),
    ]);
    const values = new Set(secrets.map(([, value = ""]) => value));
    expect([...values].filter((value) => log.includes(value))).toEqual([]);
  });
});
