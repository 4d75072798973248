import { isReadableName, type JsonArray, type JsonObject, type JsonValue, joinPath } from "#json";
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
  /** The place of the event that an output table took it from. */
  readonly source?: LinkedCell;
}

export interface CheckedObject {
  readonly checked: "object" | "map";
  readonly members: readonly CheckedMember[];
  readonly leavesNothing: boolean;
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
}

/** Whole plans only: nothing here or below is treated. */
export interface Kept {
  readonly checked: "kept";
  readonly value: JsonValue;
}

/** How strict a check is, and what it finds beside the values. */
export interface Check {
  /** Keep what no cell treats, declared or not. */
  readonly keepsWhole: boolean;
  readonly people: People;
  readonly drops: DropCounter;
  /** Path shape of the first required field that is missing or was dropped. */
  missing?: string;
}

/** Where a value stands: its path shape, and the nearest place that names people. */
export interface Standing {
  readonly at: string;
  readonly scope: Scope;
}

/**
 * Takes of a value only what is declared at its place: zero trust.
 *
 * `null` is absent. Returns undefined for what is left out; everything left out but `null` is counted as a drop.
 */
export function checkValue(value: JsonValue, place: LinkedNode, where: Standing, check: Check): Checked | undefined {
  if (check.keepsWhole && !place.isInspected) return { checked: "kept", value };
  if (value.kind === "null") return undefined;
  if (place.place === "cell") return checkCell(value, place, where, check);
  if (place.place === "object" && value.kind === "object") return checkObject(value, place, where, check);
  if (place.place === "map" && value.kind === "object") return checkMap(value, place, where, check);
  if (place.place === "list" && value.kind === "array") return checkList(value, place, where, check);
  return drop(value, { at: where.at }, "wrong_type", check);
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
  const { at, scope } = where;
  const members: CheckedMember[] = [];
  for (const { name, value } of object.members) {
    const field = place.fields.get(name);
    const checked = field
      ? checkValue(value, field, { at: joinPath(at, name), scope }, check)
      : checkUndeclared(value, at, name, check);
    if (checked !== undefined) members.push({ name, value: checked });
  }
  const missing = place.required.find((name) => !members.some((member) => member.name === name));
  if (missing !== undefined) check.missing ??= joinPath(at, missing);
  return { checked: "object", members, leavesNothing: place.leavesNothing };
}

function checkUndeclared(value: JsonValue, at: string, name: string, check: Check): Checked | undefined {
  return check.keepsWhole ? { checked: "kept", value } : drop(value, { at, undeclared: name }, "undeclared", check);
}

function checkMap(object: JsonObject, place: LinkedMap, { at, scope }: Standing, check: Check): CheckedObject {
  const inside = `${at}{}`;
  const members: CheckedMember[] = [];
  for (const { name, value } of object.members) {
    const isAllowed = check.keepsWhole || (isReadableName(name) && place.hasKey(name));
    const where = { at: inside, scope: scopeIn(check.people, value, scope) };
    const key = isAllowed
      ? checkKey(name, place, { ...where, at: `${at}{key}` }, check)
      : drop(value, { at: inside }, "map_key", check);
    const checked = key && checkValue(value, place.value, where, check);
    if (checked !== undefined) members.push({ name, ...(key && key !== "kept" && { key }), value: checked });
  }
  return { checked: "map", members, leavesNothing: place.leavesNothing };
}

/** A key is text of its cell; that of a whole event stays unless something is done to it. */
function checkKey(name: string, { key }: LinkedMap, where: Standing, check: Check): CheckedCell | "kept" | undefined {
  if (check.keepsWhole && !key.isInspected) return "kept";
  return checkCell({ kind: "string", text: name }, key, where, check);
}

function checkList(array: JsonArray, place: LinkedList, { at, scope }: Standing, check: Check): CheckedArray {
  const inside = `${at}[]`;
  const items: Checked[] = [];
  for (const item of array.items) {
    const checked = checkValue(item, place.item, { at: inside, scope: scopeIn(check.people, item, scope) }, check);
    if (checked !== undefined) items.push(checked);
  }
  return { checked: "array", items, leavesNothing: place.leavesNothing };
}

function drop(value: JsonValue, path: PathShape, reason: DropReason, { drops }: Check): undefined {
  drops.add({ path, type: value.kind, reason });
  return undefined;
}
