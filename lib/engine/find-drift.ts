import { type JsonObject, type JsonValue, joinPath } from "#json";
import { createDropCounter, type DropCounter } from "./drops.ts";
import type { Drift } from "./engine.ts";
import type { EventForPlan } from "./event-for-plan.ts";
import { namesType } from "./find-route.ts";
import type { LinkedNode, LinkedObject } from "./link.ts";

/**
 * Finds what the schema does not say of an event that is kept whole: its type, or else values in it.
 *
 * Of undeclared values, the topmost counts: what is inside one may be data, and so may what is inside an open value or the
 * key of a map, so none of it is looked at. `null` at a declared place is absent.
 */
export function findDrift(root: JsonValue, { route, event, linked }: EventForPlan): Drift {
  if (route === undefined || !namesType(route, event)) return "unknown_type";
  const found = createDropCounter();
  const place = linked.roots.get(route);
  if (place !== undefined) visit(root, place, "", found);
  return found.list();
}

function visit(value: JsonValue, place: LinkedNode, at: string, found: DropCounter): void {
  if (value.kind === "null") return;
  if (!fits(value, place)) found.add({ path: { at }, type: value.kind, reason: "wrong_type" });
  else if (value.kind === "array" && place.place === "list") {
    for (const item of value.items) visit(item, place.item, `${at}[]`, found);
  } else if (value.kind === "object" && place.place === "map") {
    for (const member of value.members) visit(member.value, place.value, `${at}{}`, found);
  } else if (value.kind === "object" && place.place === "object") visitFields(value, place, at, found);
}

function visitFields({ members }: JsonObject, { fields }: LinkedObject, at: string, found: DropCounter): void {
  for (const { name, value } of members) {
    const field = fields.get(name);
    if (field !== undefined) visit(value, field, joinPath(at, name), found);
    else found.add({ path: { at, undeclared: name }, type: value.kind, reason: "undeclared" });
  }
}

function fits(value: JsonValue, place: LinkedNode): boolean {
  if (place.place === "cell") {
    const read = place.read(value);
    return "value" in read || read.fault !== "wrong_type";
  }
  return value.kind === (place.place === "list" ? "array" : "object");
}
