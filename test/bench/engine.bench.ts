/**
 * Prints what the reference engine costs beside the least that any program in JavaScript would do with the same events:
 * `JSON.parse` once and `JSON.stringify` for each of N processors, with no policy at all.
 *
 * All contestants run in one process, in rounds of random order; a ratio compares CPU times of one round, and the median
 * of the rounds is printed. The engine starts from bytes and ends in bytes; the floor starts from text and ends in text.
 *
 * node --import tsx test/bench/engine.bench.ts
 */

import { type Context, referenceEngine } from "#engine";
import type { Plan } from "#plan";
import { re2 } from "#plan/re2";
import { eventOf } from "#support/events";
import { contextFor } from "#support/keys";
import { type Fields, kept, list, map, open, personal, planFor, treated } from "#support/plans";

const EVENTS = 200;
const ROUNDS = 15;
const PROCESSORS = [1, 3, 6];

/** Treatments of personal fields: none of them keyed, or a token for ids and sealing for names, as processors differ. */
const POLICIES = {
  "masks and drops": { id: { op: "mask", keep: 4 }, name: { op: "mask" } },
  "tokens and seals": { id: { op: "pseudonymize" }, name: { op: "encrypt" } },
} as const;
type PolicyName = keyof typeof POLICIES;

interface Contestant {
  readonly name: string;
  run(): number;
}

const events = Array.from({ length: EVENTS }, (_, n) => eventOf(userEvent(n), { sourceId: `evt_${n}` }));
const texts = events.map(({ body }) => Buffer.from(body).toString());
const meanBytes = Math.round(events.reduce((sum, { body }) => sum + body.length, 0) / EVENTS);

/** Kept, so that nothing that a contestant makes can be optimised away. */
let sink = 0;

const contestants = PROCESSORS.flatMap((count): readonly Contestant[] => [
  { name: `floor ${count}`, run: () => runFloor(count) },
  ...policyNames().map((policy) => ({ name: `${policy} ${count}`, run: engineRun(policy, count) })),
]);

// One round of each warms the code up.
for (const contestant of contestants) sink += contestant.run();
const rounds = Array.from({ length: ROUNDS }, measureRound);

console.log(`${EVENTS} events of ${meanBytes} bytes, ${ROUNDS} rounds, CPU time per event, Node ${process.version}`);
console.log("ratio = floor / engine: above 1 the engine is faster than JSON.parse + N x JSON.stringify\n");
console.log("N  policy            floor us  engine us  ratio (median, min - max)");
for (const count of PROCESSORS) for (const policy of policyNames()) console.log(resultLine(policy, count));
if (sink === 0) throw new Error("expected output, got none");

function measureRound(): ReadonlyMap<string, number> {
  const order = contestants.map((contestant) => ({ contestant, at: Math.random() })).sort((a, b) => a.at - b.at);
  return new Map(order.map(({ contestant }) => [contestant.name, cpuMicros(contestant) / EVENTS]));
}

function cpuMicros({ run }: Contestant): number {
  const before = process.cpuUsage();
  sink += run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function runFloor(count: number): number {
  let length = 0;
  for (const text of texts) {
    const value: unknown = JSON.parse(text);
    for (let n = 0; n < count; n++) length += JSON.stringify(value).length;
  }
  return length;
}

function engineRun(policy: PolicyName, count: number): () => number {
  const enforcer = referenceEngine.link(
    Array.from({ length: count }, (_, n) => userPlan(policy, n)),
    re2,
  );
  const context: Context = contextFor();
  return () => {
    let length = 0;
    for (const event of events) {
      for (const decision of enforcer.enforce(event, context)) {
        if (decision.kind === "deliver") length += decision.payload.length;
      }
    }
    return length;
  };
}

function resultLine(policy: PolicyName, count: number): string {
  const of = (name: string) => rounds.map((round) => round.get(`${name} ${count}`) ?? Number.NaN);
  const [floors, engines] = [of("floor"), of(policy)];
  const ratios = floors.map((floor, round) => floor / (engines[round] ?? Number.NaN)).sort((a, b) => a - b);
  const spread = `${ratios[0]?.toFixed(2)} - ${ratios.at(-1)?.toFixed(2)}`;
  const times = [median(floors).toFixed(1).padStart(8), median(engines).toFixed(1).padStart(9)].join("  ");
  return `${count}  ${policy.padEnd(16)}  ${times}  ${median(ratios).toFixed(2)} (${spread})`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function policyNames(): readonly PolicyName[] {
  return Object.keys(POLICIES) as PolicyName[];
}

/** Each processor treats other fields, so that no two share their output. */
function userPlan(policy: PolicyName, n: number): Plan {
  const { id, name } = POLICIES[policy];
  const time = treated({ op: "generalize_time", unit: "HOUR" });
  const profile: Fields = {
    email: personal({ ops: [{ op: "mask_email" }] }),
    name: personal({ ops: [name] }),
    username: personal({ ops: [id] }),
    [n % 2 === 0 ? "given_name" : "family_name"]: personal({ ops: [name] }),
    email_verified: kept({ kinds: ["boolean"] }),
  };
  const identity = {
    connection: kept(),
    user_id: personal({ ops: [id] }),
    provider: kept(),
    isSocial: kept({ kinds: ["boolean"] }),
  };
  const user: Fields = {
    ...profile,
    user_id: personal({ ops: [id] }),
    created_at: time,
    updated_at: kept(),
    last_ip: kept({ kind: "IP", ops: [{ op: "truncate_ip" }] }),
    logins_count: kept({ kinds: ["number"] }),
    identities: list({ ...identity, profileData: profile }),
    app_metadata: open({ ops: n % 3 === 2 ? [{ op: "drop" }] : [] }),
    labels: map(kept(), "[a-z]+[0-9]*"),
  };
  const context = {
    request: { ip: personal({ ops: [id] }), hostname: kept(), geo: { country_code: kept(), city_name: kept() } },
  };
  const fields = {
    specversion: kept(),
    type: kept(),
    id: personal({ ops: [id] }),
    time,
    a0tenant: kept(),
    data: { object: user, context },
  };
  return planFor({ processor: `P${n}`, fields, delivery: { metadata: ["DELIVERY_ID"] } });
}

/** A user event of the size and make-up of real ones: accents, escapes, two identities, a few undeclared fields. */
function userEvent(n: number): object {
  const name = ["José Núñez", "Anna Weiß", 'Pat "P" Lee', "Li Wei"][n % 4];
  const email = `user${n % 97}@example.com`;
  const profile = {
    email,
    name,
    username: `user_${n}`,
    given_name: name,
    family_name: "Example",
    email_verified: n % 3 > 0,
  };
  const identity = (provider: string) => ({
    connection: `${provider}-connection`,
    user_id: `${n}${provider}5f7c8ec7c33c6c004bbafe82`,
    provider,
    isSocial: provider !== "auth0",
    profileData: { ...profile, picture: `https://cdn.example.com/${n}.png` },
    access_token_hint: "…",
  });
  const object = {
    ...profile,
    user_id: `auth0|5f7c8ec7c33c6c004bb${n}`,
    created_at: "2025-11-05T10:11:12.345Z",
    updated_at: "2026-03-01T11:00:00.123Z",
    last_ip: `198.51.100.${n % 250}`,
    logins_count: n,
    nickname: `nick${n}`,
    picture: `https://cdn.example.com/avatars/${n}.png`,
    identities: [identity("auth0"), identity("google-oauth2")],
    app_metadata: { plan: "gold", seats: n % 20, roles: ["admin", "editor"], note: "line one\nline two" },
    labels: { team1: "red", region: "eu", tier: "a" },
    user_metadata: { color: "blue", favorite_numbers: [n, n + 1, 0.5] },
    multifactor: ["guardian"],
  };
  const geo = { continent_code: "EU", country_code: "DE", city_name: "Köln", latitude: 50.9, longitude: 6.9 };
  const request = {
    ip: `203.0.113.${n % 250}`,
    hostname: "login.example.com",
    user_agent: "Mozilla/5.0 (X11; Linux)",
    geo,
  };
  return {
    specversion: "1.0",
    type: "user.updated",
    source: "urn:auth0:example.auth0app.com",
    id: `evt_${String(n).padStart(22, "0")}`,
    time: "2026-03-01T11:00:00.456Z",
    a0tenant: "example",
    a0stream: "est_0000000000000000000001",
    data: { object, context: { request, client: { id: "c1", name: "Web" }, tenant: { id: "example" } } },
  };
}
