import type { HttpRequest } from "@smithy/core/protocols";
import { beforeAll, describe, expect, it } from "vitest";
import { PROOF_PARTS } from "#cli/prove/proof-parts";
import { type Plan, withHash } from "#plan";
import type { Policy } from "#policy";
import { describeRequest, type Piece, type WholeRequest } from "#support/describe-request";
import { createManualClock } from "#support/manual-clock";
import { createSeededRandom } from "#support/seeded-random";
import { listLeaving } from "#transforms";
import { createLocalKeys } from "#vault";
import { createRecordingHandler } from "../../../lib/proof/system/recording-handler.ts";
import { compileSmallPolicy } from "../../proof/policy.ts";

const NOW_MS = Date.parse("2026-06-02T00:00:00Z");

const EVENTS = [
  {
    ...{ specversion: "1.0", id: "evt_1", type: "user.updated", time: "2026-06-01T10:00:00Z", a0tenant: "t" },
    data: {
      object: {
        ...{ user_id: "auth0|x", email: "ann@example.com", name: "Ann", updated_at: "2026-06-01T10:00:00Z" },
        ...{ created_at: "2026-01-01T10:00:00Z", blocked: false, plan: "gold", labels: { team_a: "core" } },
        identities: [{ provider: "auth0", scopes: ["a"] }],
      },
    },
  },
  { log_id: "l1", type: "s", date: "2026-06-01T10:00:00Z", tenant_name: "t", user_id: "auth0|x", ip: "192.0.2.1" },
  {
    ...{ source: "com.example.shop", "detail-type": "order.placed", id: "i", time: "2026-06-01T10:00:00Z" },
    detail: { number: "n", status: "open", items: 2, placed_at: "2026-06-01T10:00:00Z" },
  },
].map((event) => JSON.stringify(event));

type Change = (request: WholeRequest) => WholeRequest;

/** Takes the events through the deployed enforcer of a plan; returns every request that leaves it. */
async function requestsOf(plan: Plan, change: Change = (request) => request): Promise<readonly WholeRequest[]> {
  const requests: WholeRequest[] = [];
  const recording = createRecordingHandler(plan.processor, () => undefined);
  const handler = {
    async handle(request: HttpRequest) {
      const { method, hostname, path, query, headers, body = "" } = request;
      const bytes = body instanceof Uint8Array ? Buffer.from(body) : Buffer.from(String(body));
      requests.push(change({ method, hostname, path, query, headers, body: bytes }));
      return recording.handle(request);
    },
  };
  const random = createSeededRandom("requests");
  const keys = createLocalKeys({ secret: random(32) });
  const world = { keys, clock: createManualClock(NOW_MS), random, handler };
  await (await PROOF_PARTS.openEnforcer?.(plan, world as never))?.(EVENTS);
  return requests;
}

/** Pieces that are nobody's row. */
async function unlisted(plan: Plan, requests: readonly WholeRequest[]): Promise<readonly string[]> {
  const rows = listLeaving(plan).map(({ name }) => name);
  const fields = rows
    .map((name) => name.split(" "))
    .flatMap(([, path]) => (path === undefined ? [] : [patternOf(path)]));
  const isListed = ({ rows: may }: Piece) =>
    may.some((row) => rows.includes(row) || fields.some((pattern) => pattern.test(row)));
  const pieces = await Promise.all(requests.map(describeRequest));
  return [...new Set(pieces.flat().flatMap((piece) => (isListed(piece) ? [] : [piece.what])))];
}

/** A path of the list, as it stands in a document: any key of a map, anything inside of an open value. */
function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.[\]\\^$*+?()|]/g, "\\$&").replaceAll("{}", "\\.[^.]+");
  return new RegExp(`^${escaped}(?:[.[].*)?$`);
}

describe("whole requests", () => {
  let policy: Policy;
  beforeAll(async () => {
    policy = await compileSmallPolicy();
  });
  const processors = ["ARCHIVE", "SEARCH", "USERS", "FRAUD", "COUNTS", "AUDIT", "ORDERS", "TABLES"];
  const planOf = (name: string) => policy.plans.find(({ processor }) => processor === name) as Plan;

  it.each(processors)("of %s hold nothing but what the list names", async (name) => {
    const requests = await requestsOf(planOf(name));
    expect(requests.some(({ headers }) => !headers["x-amz-target"]?.startsWith("DynamoDB"))).toBe(true);
    expect(await unlisted(planOf(name), requests)).toEqual([]);
  });

  it.each(processors)("of %s are refused with one header more", async (name) => {
    const planted: Change = (request) => ({ ...request, headers: { ...request.headers, "x-person": "ann" } });
    expect(await unlisted(planOf(name), await requestsOf(planOf(name), planted))).toEqual(["header x-person"]);
  });

  it("are refused with a part of the envelope, an attribute or a field that the list does not have", async () => {
    const { hash: _, ...plan } = planOf("FRAUD");
    const without = withHash({ ...plan, shapes: [], delivery: { ...plan.delivery, transport: [] } });
    const found = await unlisted(without, await requestsOf(planOf("FRAUD")));
    expect(found).toEqual(
      expect.arrayContaining(["_shield.delivery_id", "attribute delivery_id", "member MessageGroupId", "field log_id"]),
    );
  });
});
