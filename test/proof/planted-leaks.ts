import { createHash } from "node:crypto";
import { HttpRequest } from "@smithy/core/protocols";
import { PROOF_PARTS } from "#cli/prove/proof-parts";
import type { Delivery, Sink } from "#delivery";
import { type Decision, type Deliver, type Engine, referenceEngine } from "#engine";
import type { Envelope } from "#feeds";
import type { Person } from "#keys";
import type { Cell, Op, Plan } from "#plan";
import { re2 } from "#plan/re2";
import type { Leak, OutputChannel, Parts } from "#proof";
import { createLocalKeys } from "#vault";

/** A leak somebody could build into the system, and where the proof must find it. */
export interface PlantedLeak {
  readonly name: string;
  readonly parts: Partial<Parts>;
  readonly channel: OutputChannel;
  /** Part of how it is found. */
  readonly how: RegExp;
  /** Whose it is; absent = nobody's in particular. */
  readonly processor?: string;
  readonly path?: string;
  /** Whether one processor is enough to see it; absent = yes. */
  readonly among?: "several";
}

export type Json = { [name: string]: Json } & Json[] & string;

export const PLANTED_LEAKS: readonly PlantedLeak[] = [
  {
    name: "a sink that logs the body",
    parts: {
      sinkOf: eachDelivery((delivery) => {
        console.log("delivering %s", Buffer.from(delivery.payload).toString());
        return delivery;
      }),
    },
    channel: "log",
    how: /^raw$/,
  },
  {
    name: "a log line of the enforcer with the record",
    parts: enforcing((text) => process.stdout.write(`{"level":"DEBUG","record":${JSON.stringify(text)}}\n`)),
    channel: "log",
    how: /^raw$/,
    path: "data.object.email",
  },
  {
    name: "a metric dimension with an id",
    parts: enforcing((text) => {
      const user = /auth0\|\w+/.exec(text)?.[0];
      const _aws = {
        CloudWatchMetrics: [{ Namespace: "EventShield", Dimensions: [["user"]], Metrics: [{ Name: "Seen" }] }],
      };
      if (user !== undefined) console.log(JSON.stringify({ _aws, user, Seen: 1 }));
    }),
    channel: "metric",
    how: /^raw$/,
  },
  {
    name: "an id in an object key",
    parts: sending((request) => {
      const number = /"number":"([^"]+)"/.exec(textOf(request.body))?.[1];
      return number === undefined ? request : new HttpRequest({ ...request, path: `${request.path}.${number}` });
    }),
    channel: "object key",
    how: /^raw$/,
    processor: "COUNTS",
    path: "number",
  },
  {
    name: "a base64 copy in an attribute",
    parts: {
      sinkOf: eachDelivery((delivery) => {
        const debug = Buffer.from(delivery.payload).toString("base64");
        return { ...delivery, attributes: { ...delivery.attributes, debug } };
      }),
    },
    channel: "attribute",
    how: /^base64$/,
    processor: "FRAUD",
  },
  {
    name: "an error with a value",
    parts: {
      sinkOf: (sink, { processor }) => ({
        async deliver(batch, deadlineMs) {
          if (processor === "SEARCH") throw new Error(`cannot send ${Buffer.from(batch[0]!.payload)}`);
          return sink.deliver(batch, deadlineMs);
        },
      }),
    },
    channel: "failure",
    how: /^raw$/,
  },
  {
    name: "the source id as delivery id",
    parts: { engine: deciding((decision, event) => ({ ...decision, deliveryId: event.sourceId })) },
    channel: "dedup id",
    how: /^raw$/,
  },
  {
    name: "an unkeyed hash as delivery id",
    parts: {
      engine: deciding((decision, { sourceId }) => ({ ...decision, deliveryId: digest("sha256", sourceId) })),
    },
    channel: "dedup id",
    how: /^digest$/,
  },
  {
    name: "a text cut in the middle of a character",
    parts: {
      engine: editing("SEARCH", (payload) => {
        payload["type"] = "user.updated \ud83d" as Json;
      }),
    },
    channel: "payload",
    how: /^some reader cannot read it$/,
    processor: "SEARCH",
  },
  {
    name: "an avatar named by the MD5 of the address",
    parts: {
      engine: editing("SEARCH", (payload, body) => {
        const email = body["data"]?.["object"]?.["email"];
        if (email) payload["type"] = digest("md5", email.toLowerCase()) as Json;
      }),
    },
    channel: "payload",
    how: /^digest$/,
    processor: "SEARCH",
    path: "data.object.email",
  },
  {
    name: "a mask that keeps one character too many",
    parts: {
      engine: treating("mask", (op) => ({ ...op, ...(op["keep"] !== undefined && { keep: Number(op["keep"]) + 1 }) })),
    },
    channel: "payload",
    how: /no form that the cell allows/,
    processor: "SEARCH",
    path: "data.object.name",
  },
  {
    name: "a mask of addresses that keeps one character too many",
    parts: { engine: treating("mask_email", (op) => ({ ...op, keep: Number(op["keep"] ?? 1) + 1 })) },
    channel: "payload",
    how: /no form that the cell allows/,
    processor: "USERS",
    path: "data.object.email",
  },
  {
    name: "eight bits too many of an address",
    parts: { engine: treating("truncate_ip", (op) => ({ ...op, ipv4_bits: 24 })) },
    channel: "payload",
    how: /no form that the cell allows|depends on another value/,
    processor: "SEARCH",
  },
  {
    name: "the minute instead of the day",
    parts: { engine: treating("generalize_time", (op) => ({ ...op, unit: "MINUTE" })) },
    channel: "payload",
    how: /no form that the cell allows/,
    processor: "SEARCH",
    path: "data.object.updated_at",
  },
  {
    name: "a skipped array element",
    parts: {
      engine: editing("SEARCH", (payload, body) => {
        const identities = payload["data"]?.["object"]?.["identities"];
        const original = body["data"]?.["object"]?.["identities"];
        if (identities?.[1] && original?.[1]) identities[1] = original[1];
      }),
    },
    channel: "payload",
    how: /the policy drops it/,
    processor: "SEARCH",
    path: "data.object.identities[].user_id",
  },
  {
    name: "an undeclared field passed through",
    parts: {
      engine: editing("SEARCH", (payload, body) => {
        for (const [name, value] of Object.entries(body)) if (!(name in payload)) payload[name] = value;
      }),
    },
    channel: "payload",
    how: /nobody declares it/,
    processor: "SEARCH",
  },
  {
    name: "a map key kept that its pattern forbids",
    parts: {
      engine: planning((plan) =>
        replaceAll(
          replaceAll(plan, "keys", (keys) => (typeof keys === "string" ? ".*" : keys)),
          "key",
          (cell) => ({ ...Object(cell), kind: "OTHER" }),
        ),
      ),
    },
    channel: "payload",
    how: /^raw$/,
    path: "data.object.labels{key}",
  },
  {
    name: "a value shown under another name",
    parts: {
      engine: editing("SEARCH", (payload, body) => {
        const health = body["data"]?.["object"]?.["health"];
        if (health) payload["type"] = health;
      }),
    },
    channel: "payload",
    how: /^raw$/,
    processor: "SEARCH",
    path: "data.object.health",
  },
  {
    name: "a value reversed",
    parts: {
      engine: editing("SEARCH", (payload, body) => {
        const name = body["data"]?.["object"]?.["name"];
        if (name) payload["type"] = [...name].reverse().join("") as Json;
      }),
    },
    channel: "payload",
    how: /^reversed$/,
    path: "data.object.name",
  },
  {
    name: "an archive that is not sealed",
    parts: {
      engine: deciding((decision, event, plan) =>
        plan.processor === "ARCHIVE" ? { ...decision, payload: event.body } : decision,
      ),
    },
    channel: "payload",
    how: /^raw$/,
    processor: "ARCHIVE",
  },
  {
    name: "a report with a path that is data",
    parts: {
      engine: deciding((decision) => ({
        ...decision,
        drops: decision.drops.map(({ path: { at, undeclared = "" }, ...drop }) => ({
          ...drop,
          path: { at: `${at}.${undeclared}` },
        })),
      })),
    },
    channel: "report",
    how: /^raw$/,
  },
  {
    name: "what a run prints, with a path that is data",
    parts: {
      renderReport: (report) =>
        Object.values(report.processors)
          .flatMap(({ dropped }) => dropped.map(({ path }) => path))
          .join("\n"),
      engine: deciding((decision) => ({
        ...decision,
        drops: decision.drops.map(({ path: { at, undeclared = "" }, ...drop }) => ({
          ...drop,
          path: { at: `${at}.${undeclared}` },
        })),
      })),
    },
    channel: "command line",
    how: /^raw$/,
  },
  {
    name: "a pseudonym shared by two processors",
    parts: {
      createKeys(options) {
        const keys = createLocalKeys(options);
        const shareScope = async (...given: Parameters<typeof keys.open>) => {
          const batch = await keys.open(...given);
          return {
            ...batch,
            pseudonym: (scope: Parameters<typeof batch.pseudonym>[0]) =>
              batch.pseudonym({ ...scope, owner: { joinGroup: "ALL" } }),
          };
        };
        return { ...keys, open: shareScope };
      },
    },
    channel: "payload",
    how: /another processor has the same token/,
    among: "several",
  },
  {
    name: "erased people who are not left out",
    parts: {
      engine: {
        link: (plans) => {
          const enforcer = referenceEngine.link(plans, re2);
          return {
            ...enforcer,
            enforce: (event, context) =>
              enforcer.enforce(event, { ...context, keys: { ...context.keys, isFenced: () => false } }),
          };
        },
      },
    },
    channel: "payload",
    how: /its person is erased/,
  },
  {
    name: "people known by their feed alone",
    parts: { engine: fencing((person, event) => event.subjects.some(({ id }) => id === person.id)) },
    channel: "payload",
    how: /its person is erased/,
  },
  {
    name: "erased people of one role alone",
    parts: {
      engine: fencing((person) => !("role" in person) || person.role === "TARGET"),
    },
    channel: "payload",
    how: /its person is erased/,
  },
  {
    name: "a flag that depends on a value of another field",
    parts: {
      engine: editing("SEARCH", (payload, body) => {
        const health = body["data"]?.["object"]?.["health"] ?? "";
        const object = payload["data"]?.["object"] as unknown as Record<string, unknown> | undefined;
        if (object && "blocked" in object) object["blocked"] = health.length > 20;
      }),
    },
    channel: "payload",
    how: /it depends on another value/,
    processor: "SEARCH",
    path: "data.object.blocked",
  },
  {
    name: "a count of undeclared fields",
    parts: {
      engine: editing("SEARCH", (payload, body) => {
        if (payload["time"]) payload["time"] = `${Object.keys(body).length}` as Json;
      }),
    },
    channel: "payload",
    how: /it depends on another value|no form that the cell allows/,
    processor: "SEARCH",
    path: "time",
  },
  {
    name: "a number where a string is declared",
    parts: {
      engine: planning((plan) => replaceAll(plan, "kinds", () => ["string", "number", "boolean", "array", "object"])),
    },
    channel: "payload",
    how: /it depends on another value/,
  },
];

/** Tells whether the proof found a leak where it was planted. */
export function isFound(leaks: readonly Leak[], { channel, how, processor, path }: PlantedLeak): boolean {
  return leaks.some(
    (leak) =>
      leak.channel === channel &&
      how.test(leak.how) &&
      (processor === undefined || leak.processor === processor) &&
      (path === undefined || leak.path === path),
  );
}

export function eachDelivery(change: (delivery: Delivery) => Delivery): Parts["sinkOf"] {
  return (sink): Sink => ({ deliver: (batch, deadlineMs) => sink.deliver(batch.map(change), deadlineMs) });
}

/** The deployed enforcer with something before it that sees each record. */
export function enforcing(look: (text: string) => void): Pick<Parts, "openEnforcer"> {
  return {
    async openEnforcer(plan, world) {
      const enforce = await PROOF_PARTS.openEnforcer!(plan, world);
      return (records) => {
        for (const record of records) look(record);
        return enforce(records);
      };
    },
  };
}

/** The SDK's bodies have a toString of their own, which complains. */
function textOf(body: unknown): string {
  if (!(body instanceof Uint8Array)) return String(body ?? "");
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
}

/** The deployed enforcer with something between it and AWS. */
export function sending(change: (request: HttpRequest) => HttpRequest): Pick<Parts, "openEnforcer"> {
  return {
    openEnforcer: (plan, world) =>
      PROOF_PARTS.openEnforcer!(plan, {
        ...world,
        handler: { handle: (request, options) => world.handler.handle(change(request), options) },
      }),
  };
}

/** The engine with something behind it that changes what is delivered. */
export function deciding(change: (decision: Deliver, event: Envelope, plan: Plan) => Decision): Engine {
  return {
    link(plans) {
      const enforcer = referenceEngine.link(plans, re2);
      return {
        ...enforcer,
        enforce: (event, context) =>
          enforcer
            .enforce(event, context)
            .map((decision, index) =>
              decision.kind === "deliver" ? change(decision, event, plans[index]!) : decision,
            ),
      };
    },
  };
}

/** The engine with something behind it that changes one processor's payloads, given the event's body. */
export function editing(processor: string, edit: (payload: Json, body: Json) => void): Engine {
  return deciding((decision, event, plan) => {
    if (plan.processor !== processor) return decision;
    const payload = JSON.parse(Buffer.from(decision.payload).toString());
    edit(payload, JSON.parse(Buffer.from(event.body).toString()));
    return { ...decision, payload: Buffer.from(JSON.stringify(payload)) };
  });
}

/** The engine given other plans than those that were compiled. */
function planning(change: (plan: Plan) => Plan): Engine {
  return { link: (plans) => referenceEngine.link(plans.map(change), re2) };
}

/** The engine with other parameters of one transform. */
/** An engine that knows of some erased people only. */
function fencing(knows: (person: Person, event: Envelope) => boolean): Engine {
  return {
    link: (plans) => {
      const enforcer = referenceEngine.link(plans, re2);
      return {
        ...enforcer,
        enforce(event, context) {
          const isFenced = (person: Person) => knows(person, event) && context.keys.isFenced(person);
          return enforcer.enforce(event, { ...context, keys: { ...context.keys, isFenced } });
        },
      };
    },
  };
}

function treating(name: string, change: (op: Op) => Op): Engine {
  return planning((plan) =>
    replaceAll(plan, "ops", (ops: unknown) => (ops as Cell["ops"]).map((op) => (op.op === name ? change(op) : op))),
  );
}

/** Replaces every member of a name, however deep. */
function replaceAll(plan: Plan, name: string, change: (value: unknown) => unknown): Plan {
  return JSON.parse(
    JSON.stringify(plan, (key, value) => (key === name && value !== undefined ? change(value) : value)),
  );
}

function digest(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest("hex");
}
