import { hash } from "node:crypto";
import fs from "node:fs";
import { deflateSync, gzipSync } from "node:zlib";
import type { HttpRequest } from "@smithy/core/protocols";
import type { Delivery } from "#delivery";
import { deciding, eachDelivery, enforcing, type Json, type PlantedLeak, sending } from "./planted-leaks.ts";

const HIDDEN = /^it depends on a value that may not be seen$/;

/** Leaks that hold no value, or one that is hard to read: whoever compares finds them. */
export const HIDDEN_LEAKS: readonly PlantedLeak[] = [
  ...payloads("keys in another order", (payload, { health }) => (odd(health) ? reversed(payload) : payload)),
  ...payloads(
    "space behind a colon",
    (payload) => payload,
    (text, { health }) => (odd(health) ? text.replace(":", ": ") : text),
  ),
  ...payloads(
    "a line break at the end",
    (payload) => payload,
    (text, { health }) => (odd(health) ? `${text}\n` : text),
  ),
  ...payloads("a list that is one longer", (payload, { health }) => {
    const list = payload["data"]?.["object"]?.["identities"];
    if (odd(health) && Array.isArray(list) && list[0]) list.push(list[0]);
    return payload;
  }),
  ...payloads("a member that is left out", (payload, { health }) => {
    if (odd(health)) delete payload["type"];
    return payload;
  }),
  ...payloads("a letter in upper case", (payload, { health }) => {
    if (odd(health) && payload["type"]) payload["type"] = String(payload["type"]).toUpperCase() as Json;
    return payload;
  }),
  {
    name: "sampling by a value",
    parts: {
      engine: deciding((decision, event) =>
        odd(healthOf(event.body)) ? { kind: "skip", reason: "sampled" } : decision,
      ),
    },
    channel: "payload",
    how: HIDDEN,
  },
  ...beside("a header of a request", (request, bit) => ({
    ...request,
    headers: { ...request.headers, "x-trace": bit },
  })),
  ...beside("a query of a request", (request, bit) => ({ ...request, query: { ...request.query, trace: bit } })),
  ...beside("a checksum that is none", (request, bit) => ({
    ...request,
    headers: { ...request.headers, "x-amz-checksum-crc32": bit },
  })),
  ...written("standard output", (text) => process.stdout.write(text)),
  ...written("a descriptor", (text) => fs.writeSync(2, text)),
  ...written("a warning", (text) => process.emitWarning(text), "warning"),
  ...written("the console, as bytes", (text) => console.error(Buffer.from(text))),
  ...written("the console, as numbers", (text) => console.log({ bytes: [...Buffer.from(text)] })),
  ...written("the console, compressed", (text) => console.log(gzipSync(text).toString("base64"))),
  ...written("the console, deflated and in hex", (text) => console.log(deflateSync(text).toString("hex"))),
  ...written("the console, encoded three times", (text) => console.log(thrice(text))),
  ...written("the console, in UTF-16", (text) => console.log(Buffer.from(text, "utf16le").toString("hex"))),
  ...written("the console, by SHA-512", (text) => console.log(hash("sha512", text))),
  ...written("the console, by a short digest", (text) => console.log(hash("sha256", text).slice(0, 6))),
  ...written("the console, by its length", (text) => console.log(`${text.length}`)),
  ...written("the console, by one letter", (text) => console.log(text.slice(3, 4))),
  ...written("a metric", (text) => console.log(JSON.stringify({ _aws: {}, seen: text.slice(0, 4) })), "metric"),
  ...attributes("an attribute with a piece of a value", (health) => health.slice(0, 3)),
  ...attributes("an attribute with entities", (health) =>
    [...health].map((each) => `&#${each.charCodeAt(0)};`).join(""),
  ),
  ...attributes("an attribute with a number", (health) =>
    String([...health].reduce((sum, each) => sum + each.charCodeAt(0), 0)),
  ),
  {
    name: "the order of a batch",
    parts: {
      sinkOf: (sink) => ({
        deliver: async (batch, deadlineMs) => {
          const isOdd = batch.length > 0 && odd(`${seen.at(-1)}`);
          if (!isOdd) return sink.deliver(batch, deadlineMs);
          return [...(await sink.deliver([...batch].reverse(), deadlineMs))].reverse();
        },
      }),
      engine: deciding((decision, event) => {
        seen.push(healthOf(event.body));
        return decision;
      }),
    },
    channel: "payload",
    how: HIDDEN,
  },
];
const seen: string[] = [];

type Values = { readonly health: string };

function payloads(
  name: string,
  change: (payload: Json, values: Values) => Json,
  write: (text: string, values: Values) => string = (text) => text,
): readonly PlantedLeak[] {
  const engine = deciding((decision, event, plan) => {
    if (plan.processor !== "SEARCH") return decision;
    const values = { health: healthOf(event.body) };
    const payload = change(JSON.parse(Buffer.from(decision.payload).toString()), values);
    return { ...decision, payload: Buffer.from(write(JSON.stringify(payload), values)) };
  });
  return [{ name, parts: { engine }, channel: "payload", how: HIDDEN, processor: "SEARCH" }];
}

function beside(name: string, change: (request: HttpRequest, bit: string) => object): readonly PlantedLeak[] {
  let last = "";
  const parts = {
    ...enforcing((text) => {
      last = healthOf(Buffer.from(text)) || last;
    }),
  };
  const sent = sending((request) =>
    Object.assign(Object.create(Object.getPrototypeOf(request)), change(request, last.slice(2, 5))),
  );
  const openEnforcer: NonNullable<PlantedLeak["parts"]["openEnforcer"]> = async (plan, world) => {
    const enforce = await sent.openEnforcer!(plan, world);
    return (records) => {
      for (const record of records) last = healthOf(Buffer.from(record)) || last;
      return enforce(records);
    };
  };
  return [{ name, parts: { ...parts, openEnforcer }, channel: "request", how: HIDDEN }];
}

function written(
  name: string,
  write: (text: string) => unknown,
  channel: "log" | "metric" | "warning" = "log",
): readonly PlantedLeak[] {
  const parts = enforcing((text) => {
    const health = healthOf(Buffer.from(text));
    if (health !== "") write(health);
  });
  return [{ name: `a value in ${name}`, parts, channel, how: HIDDEN }];
}

function attributes(name: string, make: (health: string) => string): readonly PlantedLeak[] {
  const healths = new Map<string, string>();
  return [
    {
      name,
      parts: {
        engine: deciding((decision, event) => {
          healths.set(decision.deliveryId, healthOf(event.body));
          return decision;
        }),
        sinkOf: eachDelivery((delivery: Delivery) => ({
          ...delivery,
          attributes: { ...delivery.attributes, more: make(healths.get(delivery.deliveryId) ?? "") },
        })),
      },
      channel: "attribute",
      how: HIDDEN,
    },
  ];
}

function healthOf(body: Uint8Array): string {
  return /"health":"([^"]*)"/.exec(Buffer.from(body).toString())?.[1] ?? "";
}

function odd(text: string): boolean {
  return [...text].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 2 === 1;
}

function reversed(payload: Json): Json {
  return Object.fromEntries(Object.entries(payload).reverse()) as Json;
}

function thrice(text: string): string {
  return [1, 2, 3].reduce((all) => Buffer.from(all).toString("base64"), text);
}
