import { type Instant, parseInstant, spellSubjectId } from "#plan";
import type { Channel, Envelope, Malformed, Subject } from "./envelope.ts";
import { faultAt, type RecordFault, refuse } from "./fault.ts";
import type { Form, SubjectPlace, TenantPlace, TimePlace } from "./form.ts";
import { MAX_EVENT_BYTES, MAX_EVENT_DEPTH } from "./limits.ts";
import { parseLogIdTime } from "./log-id-time.ts";
import { depthOf } from "./places.ts";
import type { RecordView } from "./record-view.ts";
import { roleAt } from "./subject-places.ts";

const TIME_READERS: Readonly<Record<TimePlace["as"], (text: string) => Instant | undefined>> = {
  RFC_3339: (text) => parseInstant(text),
  LOG_ID: (text) => wholeMs(parseLogIdTime(text)),
};

function wholeMs(ms: number | undefined): Instant | undefined {
  return ms === undefined ? undefined : { ms, us: 0 };
}

/** Reads a record whose form was recognised. */
export function readEvent(record: RecordView, form: Form, channel: Channel): Envelope | Malformed {
  const body = cutBody(record, form);
  const tenant = readTenant(record, form, channel);
  const fault = findAmbiguity(record, form) ?? findStranger(record, form, channel, tenant) ?? findExcess(body, form);
  if (fault !== undefined) return refuse(record.bytes, fault);
  const identity = readIdentity(record, form);
  if ("malformed" in identity) return refuse(record.bytes, identity);
  return {
    feed: form.feed,
    ...identity,
    test: form.test !== undefined && record.findText(form.test.path) === form.test.text,
    subjects: readSubjects(record, form, { type: identity.type, tenant: tenant ?? "" }),
    body,
    ...optional("tenant", tenant),
    ...optional("replay", form.replay && record.findText(form.replay)),
    ...optional("source", form.source && record.findText(form.source)),
  };
}

/**
 * Finds a name that is repeated where readers would disagree on what the event is: anywhere in the objects around it, or
 * on the way to a fact inside it. Other names of the event are the concern of whoever reads the rest of it.
 */
function findAmbiguity(record: RecordView, { around, reads }: Form): RecordFault | undefined {
  const path = around.find((outer) => record.hasRepeatedNames(outer)) ?? reads.find((read) => record.isAmbiguous(read));
  return path && faultAt(path, "DUPLICATE_KEY");
}

/** Finds the place that shows that the record is not the channel's: its feed, tenant or stream is not declared. */
function findStranger(
  record: RecordView,
  form: Form,
  channel: Channel,
  tenant: string | undefined,
): RecordFault | undefined {
  if (!channel.feeds.includes(form.feed)) return faultAt([], "NOT_AN_EVENT");
  const [place] = form.tenant;
  if (place && !isDeclared(tenant, channel.tenants)) return faultAt(place.path, "NOT_AN_EVENT");
  const [stream] = form.streams;
  if (stream && !form.streams.some((path) => isDeclared(record.findText(path), channel.streams)))
    return faultAt(stream, "NOT_AN_EVENT");
  return undefined;
}

/** Channels without a list take every name, and none. */
function isDeclared(name: string | undefined, names: readonly string[] | undefined): boolean {
  return names === undefined || (name !== undefined && names.includes(name));
}

function findExcess(body: Uint8Array, { body: path }: Form): RecordFault | undefined {
  if (body.byteLength > MAX_EVENT_BYTES) return faultAt(path, "TOO_LARGE");
  return depthOf(body) > MAX_EVENT_DEPTH ? faultAt(path, "TOO_DEEP") : undefined;
}

function readIdentity(record: RecordView, { id, type: typePath, time }: Form) {
  const sourceId = firstOf(id, (path) => record.findText(path));
  if (sourceId === undefined) return faultAt(id[0] ?? [], "NO_SOURCE_ID");
  const type = record.findText(typePath);
  if (type === undefined) return faultAt(typePath, "NO_TYPE");
  const at = firstOf(time, ({ path, as }) => TIME_READERS[as](record.findText(path) ?? ""));
  if (at === undefined) return faultAt(time[0]?.path ?? [], "NO_TIME");
  return { sourceId, type, timeMs: at.ms, ...(at.us > 0 && { timeUs: at.us }) };
}

/** A channel of one tenant carries its events only, so an event that names none is that tenant's. */
function readTenant(record: RecordView, { tenant: places }: Form, channel: Channel): string | undefined {
  if (places.length === 0) return undefined;
  const { tenants, unnamedTenant } = channel;
  const named = firstOf(places, (place) => readTenantAt(record, place));
  return named ?? unnamedTenant ?? (tenants?.length === 1 ? tenants[0] : undefined);
}

function readTenantAt(record: RecordView, { path, pattern }: TenantPlace): string | undefined {
  const text = record.findText(path);
  return text === undefined || pattern === undefined ? text : pattern.exec(text)?.groups?.["tenant"];
}

/** A person in one role is named once, however many places name them. */
function readSubjects(record: RecordView, { subjects }: Form, of: EventOfTenant): readonly Subject[] {
  const found = subjects.flatMap((place) => readSubject(record, place, of) ?? []);
  return found.filter(
    ({ role, id }, index) => index === found.findIndex((other) => other.role === role && other.id === id),
  );
}

interface EventOfTenant {
  readonly type: string;
  readonly tenant: string;
}

function readSubject(record: RecordView, place: SubjectPlace, { type, tenant }: EventOfTenant): Subject | undefined {
  const { path, unless } = place;
  if (unless !== undefined && record.findText(unless.path) === unless.text) return undefined;
  const id = spellSubjectId(record.findText(path, { orNumber: true }) ?? "");
  return id === undefined ? undefined : { role: roleAt(place, type), tenant, id };
}

/** Cuts the inner event out of the record, exactly as received; it shares the record's memory. */
function cutBody(record: RecordView, { body }: Form): Uint8Array {
  if (body.length === 0) return record.bytes;
  const place = record.find(body);
  return record.bytes.subarray(place?.start, place?.end);
}

function firstOf<From, To>(places: readonly From[], read: (place: From) => To | undefined): To | undefined {
  for (const place of places) {
    const found = read(place);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A member that is there only when it has a value, as `exactOptionalPropertyTypes` wants it. */
function optional<Name extends string>(name: Name, value: string | undefined): { readonly [name in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in Name]: string });
}
