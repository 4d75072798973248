import type { Envelope, Subject } from "#feeds";
import type { JsonMember, JsonValue } from "#json";
import { type Cell, kindFacts, type Role } from "#plan";
import type { LinkedCell, LinkedMap, LinkedNode, LinkedObject } from "./link.ts";

/** Everybody whom an event names, and where. */
export interface People {
  /** Each person and alias once in each role, in the order in which the event names them; what the feed says first. */
  readonly all: readonly Subject[];
  /** What is outside of lists and maps. */
  readonly root: Scope;
  /** The scopes of items of lists and entries of maps that name somebody. */
  readonly inside: ReadonlyMap<JsonValue | JsonMember, Scope>;
}

/** A place whose values are about the people whom it names: the event, an item of a list, a value of a map. */
export interface Scope {
  readonly above: Scope | undefined;
  readonly names: readonly NamedPerson[];
}

export interface NamedPerson {
  readonly subject: Subject;
  /** Somebody who is known by something else too: what stands here is no less about whom the scope above names. */
  readonly isAlias: boolean;
}

/**
 * Finds the people an event names: those of its feed, and those of every leaf that its schema says names one.
 *
 * Ids that stand in a list or object where one was expected, or alone where a list was, name people none the less.
 */
export function findPeople(event: Envelope, root: LinkedObject | undefined, read: () => JsonValue | undefined): People {
  const ofFeed = event.subjects.map((subject) => ({ subject, isAlias: false }));
  if (root === undefined || !root.namesPeople) return peopleOf({ above: undefined, names: ofFeed }, new Map());
  const names = [...ofFeed];
  const finder: Finder = { tenant: event.tenant ?? "", inside: new Map() };
  const scope: OpenScope = { above: undefined, names };
  const body = read();
  if (body !== undefined) visit(body, root, scope, finder);
  return peopleOf(scope, finder.inside);
}

/** The scope of an item or entry; where it names nobody, what is in it belongs to the scope around it. */
export function scopeIn(people: People, place: JsonValue | JsonMember, around: Scope): Scope {
  return people.inside.get(place) ?? around;
}

/**
 * Finds whom a value in a role is about: the aliases on the way up to the nearest scope that names a person, and that
 * scope's people; where there is no such scope, everybody in the role, wherever the event names them.
 */
export function ownersIn(role: Role, scope: Scope, people: People): readonly Subject[] {
  const found: Subject[] = [];
  for (let at: Scope | undefined = scope; at !== undefined; at = at.above) {
    const here = at.names.filter(({ subject }) => subject.role === role);
    found.push(...here.map(({ subject }) => subject));
    if (here.some(({ isAlias }) => !isAlias)) return found;
  }
  return people.all.filter((subject) => subject.role === role);
}

/** The people among subjects, each once: they have keys, and aliases have none. */
export function personsOf(subjects: readonly Subject[]): readonly Subject[] {
  const persons = subjects.filter(({ alias }) => alias === undefined);
  return persons.length < 2 ? persons : [...new Map(persons.map((person) => [person.id, person])).values()];
}

/** The people of an event who are not erased, each once. */
export function livingOf({
  people,
  fenced,
}: {
  readonly people: People;
  readonly fenced: readonly Subject[];
}): readonly Subject[] {
  const erased = new Set(fenced.map(personKey));
  return personsOf(people.all).filter((person) => !erased.has(personKey(person)));
}

/** Each person and alias once in each role. */
export function distinct(subjects: readonly Subject[]): readonly Subject[] {
  return [...new Map(subjects.map((subject) => [`${subject.role} ${personKey(subject)}`, subject])).values()];
}

/** What an id or alias is told apart by, whatever the role. */
export function personKey({ id, alias }: Pick<Subject, "id" | "alias">): string {
  return `${alias ?? ""} ${id}`;
}

interface OpenScope extends Scope {
  readonly names: NamedPerson[];
}

interface Finder {
  readonly tenant: string;
  readonly inside: Map<JsonValue | JsonMember, Scope>;
}

function visit(value: JsonValue, place: LinkedNode, scope: OpenScope, finder: Finder): void {
  if (!place.namesPeople) return;
  if (place.place === "cell") readName(value, place, scope, finder);
  else if (place.place === "object") visitMembers(value, (name) => place.fields.get(name), scope, finder);
  else if (value.kind === "array") for (const item of value.items) visitInside(item, innerOf(place), scope, finder);
  else if (place.place === "list") visit(value, place.item, scope, finder);
  else if (value.kind === "object") for (const member of value.members) visitEntry(member, place, scope, finder);
}

/** The key of an entry names somebody whom its value is about. */
function visitEntry(entry: JsonMember, { key, value: place }: LinkedMap, above: Scope, finder: Finder): void {
  const scope: OpenScope = { above, names: [] };
  visit({ kind: "string", text: entry.name }, key, scope, finder);
  visit(entry.value, place, scope, finder);
  // The parser shares some values, `true` say, between entries.
  if (scope.names.length > 0) finder.inside.set(entry, scope);
}

function innerOf(place: Exclude<LinkedNode, LinkedCell | LinkedObject>): LinkedNode {
  return place.place === "list" ? place.item : place.value;
}

function visitMembers(
  value: JsonValue,
  find: (name: string) => LinkedNode | undefined,
  scope: OpenScope,
  finder: Finder,
): void {
  if (value.kind === "array") for (const item of value.items) visitMembers(item, find, scope, finder);
  if (value.kind !== "object") return;
  for (const member of value.members) {
    const place = find(member.name);
    if (place !== undefined) visit(member.value, place, scope, finder);
  }
}

function visitInside(value: JsonValue, place: LinkedNode, above: Scope, finder: Finder): void {
  const scope: OpenScope = { above, names: [] };
  visit(value, place, scope, finder);
  if (scope.names.length > 0) finder.inside.set(value, scope);
}

function readName(value: JsonValue, place: LinkedCell, scope: OpenScope, finder: Finder): void {
  if (value.kind === "array") for (const item of value.items) readName(item, place, scope, finder);
  if (value.kind === "object") for (const member of value.members) readName(member.value, place, scope, finder);
  const subject = subjectOf(value, place.cell, finder.tenant);
  if (subject !== undefined) scope.names.push({ subject, isAlias: place.cell.names === "ALIAS" });
}

function subjectOf(value: JsonValue, { kind, about = "TARGET" }: Cell, tenant: string): Subject | undefined {
  if (value.kind !== "string" && value.kind !== "number") return undefined;
  const { names, spelling } = kindFacts(kind);
  const id = spelling?.(value.text);
  return id === undefined ? undefined : { role: about, tenant, id, ...(names !== "person" && { alias: kind }) };
}

function peopleOf(root: Scope, inside: People["inside"]): People {
  const named = [root, ...inside.values()].flatMap(({ names }) => names.map(({ subject }) => subject));
  return { all: distinct(named), root, inside };
}
