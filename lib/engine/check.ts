import { isReadableName, type JsonArray, type JsonMember, type JsonObject, type JsonValue, joinPath } from "#json";
import type { DropCounter } from "./drops.ts";
import type { DropReason, PathShape } from "./engine.ts";
import type { LinkedCell, LinkedList, LinkedMap, LinkedNode, LinkedObject } from "./link.ts";
import { type People, type Scope, scopeIn } from "./people.ts";

/** A value that may stand where it stands, with the cells that decide what becomes of it. */
export type Checked = CheckedCell | CheckedObject | CheckedArray | Kept;

export interface CheckedCell {
  readonly checked: "cell";
  readonly value: JsonValue;
  readonly place: LinkedCell;
  /** Path shape of the value. */
  readonly at: string;
  /** Where it stood among the people whom the event names; absent = delivery made the value. */
  readonly scope?: Scope;
  readonly isKeyed?: boolean;
  /** The place of the event that an output table took it from. */
  readonly source?: LinkedCell;
}

export interface CheckedObject {
  readonly checked: "object" | "map";
  readonly members: readonly CheckedMember[];
  readonly leavesNothing: boolean;
  readonly isKeyed?: boolean;
}

export interface CheckedMember {
  readonly name: string;
  /** Of a map: its key is a value with a cell of its own. */
  readonly key?: CheckedCell;
  readonly value: Checked;
}

export interface CheckedArray {
  readonly checked: "array";
  readonly items: readonly Checked[];
  readonly leavesNothing: boolean;
  readonly isKeyed?: boolean;
}

/** Whole plans only: nothing here or below is treated. */
export interface Kept {
  readonly checked: "kept";
  readonly value: JsonValue;
  /** The cell that says whom it is about; absent = nobody can tell, since it is not declared, or not of the declared type. */
  readonly place?: LinkedCell;
  /** As a cell's; what delivery made and keeps is about nobody. */
  readonly scope?: Scope;
  readonly isKeyed?: boolean;
}

/** How strict a check is, and what it finds beside the values. */
export interface Check {
  /** Keep what no cell treats, declared or not. */
  readonly keepsWhole: boolean;
  /** Tell of each value that is kept whom it is about. */
  readonly tellsOwners: boolean;
  readonly people: People;
  readonly drops: DropCounter;
  /** Path shape of the first required field that is missing or was dropped. */
  missing?: string;
}

/** Where a value stands: its path shape, and the nearest place that names people. */
export interface Standing {
  readonly at: string;
  readonly scope: Scope;
  /** A map is around it, so that a key, which is data, leads to it. */
  readonly isKeyed: boolean;
}

/**
 * Takes of a value only what is declared at its place: zero trust.
 *
 * `null` is absent. Returns undefined for what is left out; everything left out but `null` is counted as a drop.
 */
export function checkValue(value: JsonValue, place: LinkedNode, where: Standing, check: Check): Checked | undefined {
  if (check.keepsWhole && !place.isInspected) {
    if (!check.tellsOwners || !isDivided(value, place)) return keep(value, place, where);
  } else if (value.kind === "null") return undefined;
  if (place.place === "cell") return checkCell(value, place, where, check);
  if (place.place === "object" && value.kind === "object") return checkObject(value, place, where, check);
  if (place.place === "map" && value.kind === "object") return checkMap(value, place, where, check);
  if (place.place === "list" && value.kind === "array") return checkList(value, place, where, check);
  return drop(value, { at: where.at }, "wrong_type", check);
}

/** Tells whether what is inside a value has places of its own. */
function isDivided(value: JsonValue, { place }: LinkedNode): boolean {
  if (value.kind === "object") return place === "object" || place === "map";
  return value.kind === "array" && place === "list";
}

function keep(value: JsonValue, place: LinkedNode, { scope, isKeyed }: Standing): Kept {
  const isDeclared = place.place === "cell" && "value" in place.read(value);
  return { checked: "kept", value, scope, isKeyed, ...(isDeclared && { place }) };
}

/** Checks a value against a cell: its type first, then what `one_of` and its kind allow. */
export function checkCell(
  value: JsonValue,
  place: LinkedCell,
  where: Standing,
  check: Pick<Check, "drops">,
): CheckedCell | undefined {
  const { class: cellClass } = place.cell;
  const read = place.read(value);
  if ("value" in read) return { checked: "cell", value: read.value, place, ...where };
  const reason = read.fault;
  check.drops.add({ path: { at: where.at }, type: value.kind, reason, class: cellClass });
  return undefined;
}

function checkObject(object: JsonObject, place: LinkedObject, where: Standing, check: Check): CheckedObject {
  const { at, isKeyed } = where;
  const members: CheckedMember[] = [];
  for (const { name, value } of object.members) {
    const field = place.fields.get(name);
    const checked = field
      ? checkValue(value, field, { ...where, at: joinPath(at, name) }, check)
      : checkUndeclared(value, where, name, check);
    if (checked !== undefined) members.push({ name, value: checked });
  }
  const missing = place.required.find((name) => !members.some((member) => member.name === name));
  if (missing !== undefined) check.missing ??= joinPath(at, missing);
  return { checked: "object", members, isKeyed, leavesNothing: leavesNothing(place, check) };
}

/** What nobody treats stays where everything is kept, however little of it is declared. */
function leavesNothing(place: LinkedNode, { keepsWhole }: Check): boolean {
  return place.leavesNothing && (place.isInspected || !keepsWhole);
}

function checkUndeclared(value: JsonValue, where: Standing, name: string, check: Check): Checked | undefined {
  const { at, scope, isKeyed } = where;
  if (check.keepsWhole) return { checked: "kept", value, scope, isKeyed };
  return drop(value, { at, undeclared: name }, "undeclared", check);
}

function checkMap(object: JsonObject, place: LinkedMap, { at, scope, isKeyed }: Standing, check: Check): CheckedObject {
  const inside = `${at}{}`;
  const members: CheckedMember[] = [];
  for (const entry of object.members) {
    const { name, value } = entry;
    const isAllowed = check.keepsWhole || (isReadableName(name) && place.hasKey(name));
    const where: Standing = {
      at: inside,
      isKeyed: isKeyed || place.key.cell.onFence === "drop",
      scope: scopeIn(check.people, entry, scope),
    };
    if (isAllowed) members.push(...checkEntry(entry, place, where, check));
    else drop(value, { at: inside }, "map_key", check);
  }
  return { checked: "map", members, isKeyed, leavesNothing: leavesNothing(place, check) };
}

/** A key is text of its cell; that of a whole event stays unless something is done to it. */
function checkEntry(
  { name, value }: JsonMember,
  place: LinkedMap,
  where: Standing,
  check: Check,
): readonly CheckedMember[] {
  const staysAsIs = check.keepsWhole && !place.key.isInspected;
  if (staysAsIs && check.tellsOwners && !("value" in place.key.read({ kind: "string", text: name })))
    return [{ name, value: { checked: "kept", value, scope: where.scope, isKeyed: true } }];
  const isCell = !staysAsIs || check.tellsOwners;
  const key = isCell
    ? checkCell({ kind: "string", text: name }, place.key, { ...where, at: where.at.replace(/\{\}$/, "{key}") }, check)
    : undefined;
  if (isCell && key === undefined) return [];
  const checked = checkValue(value, place.value, where, check);
  return checked === undefined ? [] : [{ name, ...(key && { key }), value: checked }];
}

function checkList(array: JsonArray, place: LinkedList, { at, scope, isKeyed }: Standing, check: Check): CheckedArray {
  const inside = `${at}[]`;
  const items: Checked[] = [];
  for (const item of array.items) {
    const checked = checkValue(
      item,
      place.item,
      { at: inside, isKeyed, scope: scopeIn(check.people, item, scope) },
      check,
    );
    if (checked !== undefined) items.push(checked);
  }
  return { checked: "array", items, isKeyed, leavesNothing: leavesNothing(place, check) };
}

function drop(value: JsonValue, path: PathShape, reason: DropReason, { drops }: Check): undefined {
  drops.add({ path, type: value.kind, reason });
  return undefined;
}
