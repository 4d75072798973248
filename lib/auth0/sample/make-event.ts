import type { JsonSchema } from "../pack/json-schema.ts";
import type { Carried } from "./carriers.ts";
import type { KindOf } from "./kinds.ts";
import { makeManagementRequest } from "./make-open-object.ts";
import type { Moment } from "./make-text.ts";
import { makeValue } from "./make-value.ts";
import { ALPHANUMERIC } from "./random.ts";

/** An event to be made. */
export interface WantedEvent {
  readonly feed: Carried["feed"];
  readonly type: string;
  readonly schema: JsonSchema;
  /** How many events were made before. */
  readonly index: number;
  readonly kindOf: KindOf;
}

/** Makes an event that its schema allows: with all optional fields, with some, or with none. */
export function makeEvent({ feed, type, schema, index, kindOf }: WantedEvent, moment: Moment): Carried {
  const id = feed === "logs" ? toLogId(moment.timeMs, index) : `evt_${moment.random.text(ALPHANUMERIC, 22)}`;
  const given = new Map((feed === "logs" ? givenInLogs : givenInEvents)(type, { id, moment }));
  const fullness = moment.random.pick([0, 0.6, 1]);
  const event = makeValue(schema, "", { ...moment, fullness, given, kindOf });
  return { feed, id, timeMs: moment.timeMs, event: Object(event) };
}

/** Log ids are 56 digits that sort by time. */
function toLogId(timeMs: number, index: number): string {
  const time = new Date(timeMs).toISOString().replace(/\D/g, "");
  return `900${time}${String(index).padStart(56 - 3 - time.length, "0")}`;
}

type Given = readonly (readonly [path: string, value: unknown])[];

function givenInLogs(type: string, { id, moment }: { id: string; moment: Moment }): Given {
  return [
    ["log_id", id],
    ["date", new Date(moment.timeMs).toISOString()],
    ...(/^[sf]api$/.test(type) ? [["details.request", makeManagementRequest(moment)] as const] : []),
  ];
}

/** What has to fit together in an event; paths that a type does not have are of no effect. */
function givenInEvents(type: string, { id, moment }: { id: string; moment: Moment }): Given {
  const { world, person, timeMs, random } = moment;
  const [organization, connection, client] = [
    random.pick(world.organizations),
    random.pick(world.connections),
    random.pick(world.clients),
  ];
  const isThing = /^(organization|connection)\.[a-z]+$/.test(type);
  const thing = type.startsWith("connection.") ? connection : organization;
  return [
    ["id", id],
    ["time", new Date(timeMs).toISOString()],
    ["source", `urn:auth0:${world.domain}`],
    ["a0stream", world.streamId],
    ["data.object.user_id", person.userId],
    ["data.object.identities[].user_id", random.chance(0.2) ? random.int(10 ** 8) : person.bareId],
    ["data.object.user.user_id", person.userId],
    ["data.object.member.id", person.userId],
    ["data.object.organization.id", organization.id],
    ["data.object.connection.id", connection.id],
    ["data.context.client.id", client.id],
    ["data.context.client.name", client.name],
    ["data.context.connection.id", connection.id],
    ["data.context.connection.name", connection.name],
    ...(isThing ? [["data.object.id", thing.id] as const, ["data.object.name", thing.name] as const] : []),
  ];
}
