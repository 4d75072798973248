import { type JsonArray, type JsonMember, type JsonObject, type JsonValue, type Trail, writeJson } from "#json";
import type { TransformContext } from "#transforms";
import type { Checked, CheckedArray, CheckedCell, CheckedMember, CheckedObject, Kept } from "./check.ts";
import type { DropCounter } from "./drops.ts";
import type { Owned } from "./owners.ts";

/** What the transforms of one event and plan work with, and what comes of it beside the values. */
export interface Treatment {
  /** Tells whether a value is about somebody who is erased. */
  isGone(owned: Owned): boolean;
  /** Learns whom a value is about that leaves; returns the one to put in its place. */
  note<Value extends JsonValue>(value: Value, owned: Owned): Value;
  /** `trail` leads to where the value will stand in what leaves. */
  contextOf(cell: CheckedCell, trail: Trail): TransformContext;
  readonly drops: DropCounter;
  /** Learns what a transform threw. */
  readonly onDefect?: ((defect: unknown) => void) | undefined;
  /** A value was left out because the person it is about is fenced. */
  suppressed: boolean;
  /** Path shape of the value that a transform could not treat. Nothing is treated after it. */
  failedAt?: string;
}

/** Thrown by a {@link TransformContext} when it is asked for a key of a fenced subject. */
export const FENCED = Symbol("fenced");

/**
 * Applies the cells' transforms to a record, in input order. The record itself stays, whatever becomes of its members.
 *
 * So does every container, even empty, unless its place leaves nothing: whether it shows is decided by the policy, not by
 * what happened to be in it.
 */
export function treatRecord(record: CheckedObject | Kept, treatment: Treatment): JsonValue {
  return record.checked === "kept" ? treatment.note(record.value, record) : treatMembers(record, undefined, treatment);
}

function treat(checked: Checked, trail: Trail, treatment: Treatment): JsonValue | undefined {
  switch (checked.checked) {
    case "kept":
      return treatment.isGone(checked) ? suppress(treatment) : treatment.note(checked.value, checked);
    case "cell":
      return treatCell(checked, trail, treatment);
    case "object":
    case "map":
      return checked.leavesNothing ? undefined : treatMembers(checked, trail, treatment);
    case "array":
      return checked.leavesNothing ? undefined : treatItems(checked, trail, treatment);
  }
}

/** Where an empty container stands under a key that could be about anybody. */
const ANYBODYS: Owned = { isKeyed: true };

/** Applies the cells of an object that stands at the end of a trail. */
export function treatMembers(object: CheckedObject, above: Trail, treatment: Treatment): JsonObject {
  const members: JsonMember[] = [];
  const names = new Set<string>();
  for (const member of object.members) {
    const name = treatName(member, { above, step: members.length, isName: true }, treatment);
    if (name === undefined || isTaken(member, name, { names, treatment })) continue;
    const value = treat(member.value, { above, step: name }, treatment);
    if (value === undefined) continue;
    names.add(name);
    members.push({ name, value });
  }
  const treated: JsonObject = { kind: "object", members };
  return members.length === 0 && object.isKeyed ? treatment.note(treated, ANYBODYS) : treated;
}

/** The key of a map is treated as a value is; what is made of it is a name again, by its text. */
function treatName({ name, key }: CheckedMember, trail: Trail, treatment: Treatment): string | undefined {
  if (key === undefined) return name;
  const treated = treatCell(key, trail, treatment);
  return treated?.kind === "string" ? treated.text : treated && writeJson(treated);
}

/** Of two keys that became one the first stays, and the other is counted. */
function isTaken(
  { key, value }: CheckedMember,
  name: string,
  { names, treatment }: { readonly names: ReadonlySet<string>; readonly treatment: Treatment },
): boolean {
  if (key === undefined || !names.has(name)) return false;
  const type = value.checked === "cell" || value.checked === "kept" ? value.value.kind : KIND_OF[value.checked];
  treatment.drops.add({ path: { at: key.at }, type, reason: "same_key", class: key.place.cell.class });
  return true;
}

const KIND_OF = { object: "object", map: "object", array: "array" } as const;

function treatItems(array: CheckedArray, above: Trail, treatment: Treatment): JsonArray {
  const items: JsonValue[] = [];
  for (const item of array.items) {
    const treated = treat(item, { above, step: items.length }, treatment);
    if (treated !== undefined) items.push(treated);
  }
  const treated: JsonArray = { kind: "array", items };
  return items.length === 0 && array.isKeyed ? treatment.note(treated, ANYBODYS) : treated;
}

function treatCell(checked: CheckedCell, trail: Trail, treatment: Treatment): JsonValue | undefined {
  const { cell, leavesNothing, treat: treatValue } = checked.place;
  if (leavesNothing || treatment.failedAt !== undefined) return undefined;
  if (treatment.isGone(checked)) return suppress(treatment);
  if (cell.ops.length === 0) return treatment.note(checked.value, checked);
  try {
    const treated = treatValue(checked.value, treatment.contextOf(checked, trail));
    return treated && treatment.note(treated, checked);
  } catch (error) {
    if (error === FENCED) return suppress(treatment);
    treatment.failedAt = checked.at;
    treatment.onDefect?.(error);
    return undefined;
  }
}

function suppress(treatment: Treatment): undefined {
  treatment.suppressed = true;
  return undefined;
}
