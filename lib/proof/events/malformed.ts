import type { Pen } from "../canaries/pen.ts";

/** Writes a record that is no event, or one that everybody has to refuse; its canaries may appear nowhere. */
type MalformedForm = (pen: Pen) => string | Uint8Array;

const MALFORMED_FORMS: readonly MalformedForm[] = [
  (pen) => `{"log_id":"${pen.word()}","data":{"type":"s","user_name":"${pen.word()}`,
  (pen) =>
    Buffer.concat([
      Buffer.from(`{"log_id":"${pen.word()}`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`","data":{"type":"${pen.word()}"}}`),
    ]),
  (pen) => `{"${pen.word()}":"${pen.word()}","nested":{"email":"${pen.word("email")}@mail.example"}}`,
  (pen) => `"${pen.word()}"`,
  (pen) => pen.digits(),
  (pen) => `["${pen.word()}",[],{"${pen.word()}":null}]`,
  (pen) => `not json at all: ${pen.word()}, ${pen.digits()}`,
  (pen) => `{"specversion":"1.0","type":"user.created","time":"${NOON}","${pen.word()}":"${pen.word()}"}`,
  (pen) =>
    `{"specversion":"1.0","id":"${pen.word()}","time":"${NOON}","data":{"object":{"user_id":"auth0|${pen.word()}"}}}`,
  (pen) => `{"specversion":"1.0","id":"${pen.word()}","type":"user.created","time":"yesterday ${pen.word()}"}`,
  (pen) => `{"specversion":"1.0","id":"${pen.word()}","id":"${pen.word()}","type":"user.created","time":"${NOON}"}`,
  (pen) => `{"log_id":{"${pen.word()}":1},"data":["${pen.word()}"]}`,
  (pen) => logRecord(pen, `"details":{"${pen.word()}":1,"${pen.word()}":{"x":"${pen.word()}","x":"${pen.word()}"}}`),
  (pen) => logRecord(pen, `"user_name":"${pen.word()}","user_name":"${pen.word()}"`),
  (pen) => logRecord(pen, `"__proto__":{"a":"${pen.word()}"},"__proto__":{"b":"${pen.word()}"}`),
  (pen) => logRecord(pen, `"details":${"[".repeat(70)}"${pen.word()}"${"]".repeat(70)}`),
];

const NOON = "2026-06-15T12:00:00.000Z";

/** Writes records of every way to be refused. */
export function writeMalformed(pen: Pen): readonly Uint8Array[] {
  return MALFORMED_FORMS.map((form) => Buffer.from(form(pen)));
}

/** Writes an event that is larger than any may be. */
export function writeOversized(pen: Pen): Uint8Array {
  return Buffer.from(logRecord(pen, `"description":"${pen.word()}${"0123456789".repeat(120_000)}${pen.word()}"`));
}

function logRecord(pen: Pen, members: string): string {
  const id = pen.word();
  return `{"log_id":"${id}","data":{"log_id":"${id}","type":"s","date":"${NOON}","user_id":"auth0|${pen.word("subject id")}",${members}}}`;
}
