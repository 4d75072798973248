import { type Channel, type Envelope, type Malformed, readRecord } from "#feeds";
import { FEEDS } from "#plan";

export const FILES: Channel = { kind: "files", feeds: FEEDS };

export const PARTNER = "aws.partner/auth0.com/acme.eu.auth0.com-6274844e-996a-428a-985b-a06fb152e2c2";

export const USER_UPDATED = {
  specversion: "1.0",
  type: "user.updated",
  source: "urn:auth0:acme.eu.auth0.com",
  id: "evt_0000000000000000000001",
  time: "2025-09-08T06:34:34.645Z",
  data: { object: { user_id: "auth0|507f1f77bcf86cd799439020" } },
  a0tenant: "acme",
  a0stream: "est_0000000000000000000001",
};

export const LOG_ID = "90020251014181558941147000000000000001223372090887881367";

export const SUCCESS_LOGIN = {
  date: "2025-10-14T18:15:58.941Z",
  type: "s",
  user_id: "507f1f77bcf86cd799439020",
  tenant_name: "acme",
  log_id: LOG_ID,
};

/** Wraps a detail as EventBridge does. */
export function envelopeOf(source: string, detail: unknown, more: object = {}): object {
  return {
    version: "0",
    id: "b8759e66-ecff-c36d-8a0d-5342f5c03af4",
    "detail-type": "any",
    source,
    account: "123456789012",
    time: "2025-10-14T18:16:00Z",
    region: "us-east-1",
    resources: [],
    detail,
    ...more,
  };
}

/** Leaves out members of an object. */
export function without(value: object, ...names: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** Reads a JSON text, a value or raw bytes. */
export function read(record: unknown, channel: Channel = FILES): readonly (Envelope | Malformed)[] {
  return readRecord(bytesOf(record), channel);
}

/** Reads a record that must hold exactly one event, which must be well formed. */
export function readOne(record: unknown, channel: Channel = FILES): Envelope {
  const [event, ...others] = read(record, channel);
  if (event === undefined || others.length > 0 || "malformed" in event) {
    throw new Error(`expected one event, got ${JSON.stringify([event, ...others])}`);
  }
  return event;
}

/** Reads a record that must be refused as a whole; returns the code and the path. */
export function refusalOf(record: unknown, channel: Channel = FILES): readonly (string | undefined)[] {
  const [result, ...others] = read(record, channel);
  if (result === undefined || others.length > 0 || !("malformed" in result)) throw new Error("expected one refusal");
  return [result.malformed, result.path];
}

export function bytesOf(record: unknown): Uint8Array {
  if (record instanceof Uint8Array) return record;
  return Buffer.from(typeof record === "string" ? record : JSON.stringify(record));
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
