import type { Pen } from "../canaries/pen.ts";
import type { EventObjectPlace } from "./write-body.ts";

/** What a member may be made of beside canaries. */
interface Around {
  readonly place: EventObjectPlace;
  /** A name that is declared elsewhere in the event. */
  readonly elsewhere: string;
}

/** Writes the name and the value of a member, as JSON. */
type MemberForm = readonly [name: (pen: Pen, around: Around) => string, value: (pen: Pen) => string];

/** Members that readers get wrong: names that objects of the language have, that look declared, that are data. */
const MEMBER_FORMS: readonly MemberForm[] = [
  [word, word],
  [() => `"__proto__"`, (pen) => `{"isAdmin":true,${word(pen)}:${word(pen)}}`],
  [(_, { elsewhere }) => quote(elsewhere), (pen) => quote(`${pen.word("email")}@${pen.word("domain")}.example`)],
  [() => `"constructor"`, (pen) => `{"prototype":{${word(pen)}:${pen.digits()}}}`],
  [word, (pen) => `[${word(pen)},{${word(pen)}:[${pen.digits()}]}]`],
  [() => `"toString"`, word],
  [(_, { place }) => quote(otherCase(place.declared[0] ?? "user_id")), word],
  [() => `""`, word],
  [(pen) => escaped(pen.word()), (pen) => pen.digits()],
  [(_, { place }) => quote(`${place.declared.at(-1) ?? "id"} `), word],
  [() => `"data.object.email"`, word],
  [(pen) => quote(`${pen.word()} 😀 ключ`), () => "true"],
  [() => `"hasOwnProperty"`, (pen) => deep(pen.word(), 12)],
  [() => `"_shield"`, (pen) => `{"space":${word(pen)},"policy_hash":${word(pen)}}`],
  [() => `"[]"`, (pen) => `[${word(pen)}]`],
  [() => `"{}"`, (pen) => `{"valueOf":${word(pen)}}`],
  [(pen) => quote(`user|${pen.word("subject id")}`), () => "null"],
];

/** Members of one object. */
const MEMBERS = 4;

/** Writes members that nobody declares, no name twice; `turn` chooses which. */
export function writeUndeclared(pen: Pen, turn: number, around: Around): readonly string[] {
  const taken = new Set<string>(around.place.declared);
  const forms = Array.from(
    { length: MEMBERS },
    (_, index) => MEMBER_FORMS[(turn * MEMBERS + index) % MEMBER_FORMS.length],
  );
  return forms.flatMap((form) => {
    const name = form?.[0](pen, around);
    if (form === undefined || name === undefined || taken.has(JSON.parse(name))) return [];
    taken.add(JSON.parse(name));
    return [`${name}:${form[1](pen)}`];
  });
}

function word(pen: Pen): string {
  return quote(pen.word());
}

function otherCase(name: string): string {
  return name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
}

/** A name all of whose letters are JSON escapes. */
function escaped(word: string): string {
  return `"${Array.from(word, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join("")}"`;
}

function deep(word: string, levels: number): string {
  return levels === 0 ? quote(word) : `{"next":${deep(word, levels - 1)}}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
