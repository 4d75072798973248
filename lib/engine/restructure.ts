import type { Path } from "#plan";
import { type Check, type Checked, type CheckedMember, type CheckedObject, checkCell } from "./check.ts";
import { type GenerateFrom, generate } from "./generated.ts";
import type { LinkedField } from "./link.ts";

/**
 * Picks and renames what an output table names, in its order, and adds what it generates.
 *
 * The cells of the table take the place of the event's own; a picked value is checked against both. Lists are picked
 * item by item, objects not at all.
 */
export function restructure(
  root: CheckedObject,
  fields: readonly LinkedField[],
  from: GenerateFrom,
  check: Check,
): CheckedObject {
  const members = fields.flatMap((field): readonly CheckedMember[] => {
    const value = field.source ? pickAt(root, field.source, field, check) : generateAt(field, from);
    return value === undefined ? [] : [{ name: field.name, value }];
  });
  return { checked: "object", members, leavesNothing: false };
}

function generateAt({ name, enrich, place }: LinkedField, from: GenerateFrom): Checked | undefined {
  const value = enrich && generate(enrich, from);
  return value && { checked: "cell", value, place, at: name };
}

function pickAt(root: CheckedObject, path: Path, field: LinkedField, check: Check): Checked | undefined {
  let found: Checked | undefined = root;
  for (const name of path) {
    found = found?.checked === "object" ? found.members.find((member) => member.name === name)?.value : undefined;
  }
  return found && pick(found, field, check);
}

function pick(found: Checked, field: LinkedField, check: Check): Checked | undefined {
  const { name, place } = field;
  if (found.checked === "array") {
    const items = found.items.map((item) => pick(item, { ...field, name: `${name}[]` }, check));
    return { checked: "array", items: items.filter((item) => item !== undefined), leavesNothing: place.leavesNothing };
  }
  if (found.checked !== "cell" || found.scope === undefined) return undefined;
  const { value, at, scope, place: source } = found;
  const checked = checkCell(value, place, { at, scope, isKeyed: false }, check);
  return checked && { ...checked, at: name, source };
}
