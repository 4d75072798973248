import type { DriftedField, DriftedType, DriftReport } from "#delivery";
import type { PathShape } from "#engine";
import { joinPath } from "#json";
import type { RevealedNames } from "./reveal-names.ts";

/** What drift there is, each thing once. */
export interface DriftFindings {
  /** How many events were looked at. */
  readonly events: number;
  readonly types: readonly TypeFinding[];
  readonly fields: readonly FieldFinding[];
  /** Values at further places. */
  readonly others: number;
}

/** An event type that no schema names. */
export interface TypeFinding extends DriftedType {
  readonly isHidden: boolean;
}

/** Values of one JSON type at one place, in all types of events that have them. */
export interface FieldFinding extends Omit<DriftedField, "event" | "path"> {
  readonly events: readonly string[];
  readonly path: PathShape;
  /** A digest, or less, stands for the undeclared name. */
  readonly isHidden: boolean;
}

/** Lists what a report found. Names it hides are shown where they were revealed. */
export function listFindings({ events, types, fields, others = 0 }: DriftReport, names?: RevealedNames): DriftFindings {
  const groups = new Map<string, FieldFinding>();
  for (const field of fields) {
    const key = JSON.stringify([field.feed, field.path, field.type, field.reason]);
    const known = groups.get(key);
    groups.set(key, known === undefined ? toFinding(field, names) : extend(known, field));
  }
  return { events, types: types.map((type) => toTypeFinding(type, names)), fields: [...groups.values()], others };
}

/** Tells whether there is anything that no schema declares. */
export function hasDrift({ types, fields, others }: DriftFindings): boolean {
  return types.length + fields.length + others > 0;
}

/** How many names stand there by a digest. */
export function countHidden({ types, fields }: DriftFindings): number {
  return [...types, ...fields].filter(({ isHidden }) => isHidden).length;
}

/** Writes where something stands. */
export function writePath({ path: { at, undeclared } }: Pick<FieldFinding, "path">): string {
  return undeclared === undefined ? at : joinPath(at, undeclared);
}

function toTypeFinding(type: DriftedType, names: RevealedNames | undefined): TypeFinding {
  const revealed = isHiddenName(type.event) ? names?.typeOf(type.feed, type.event) : type.event;
  return { ...type, event: revealed ?? type.event, isHidden: revealed === undefined };
}

function toFinding({ event, path, ...field }: DriftedField, names: RevealedNames | undefined): FieldFinding {
  if (field.reason === "wrong_type") return { ...field, events: [event], path: { at: path }, isHidden: false };
  const { at, name } = splitLast(path);
  const revealed = isHiddenName(name) ? names?.fieldAt(at, name) : name;
  return { ...field, events: [event], path: { at, undeclared: revealed ?? name }, isHidden: revealed === undefined };
}

/** No name that a report shows, and no digest, holds a dot. */
function splitLast(path: string): { readonly at: string; readonly name: string } {
  const end = path.lastIndexOf(".");
  return { at: path.slice(0, Math.max(0, end)), name: path.slice(end + 1) };
}

/** A digest begins with `?`, and what stands for all other names with `…`. */
function isHiddenName(name: string): boolean {
  return /^[?…]/.test(name);
}

function extend(finding: FieldFinding, { event, count, firstSeen, lastSeen }: DriftedField): FieldFinding {
  return {
    ...finding,
    events: [...finding.events, event],
    count: finding.count + count,
    firstSeen: firstSeen < finding.firstSeen ? firstSeen : finding.firstSeen,
    lastSeen: lastSeen > finding.lastSeen ? lastSeen : finding.lastSeen,
  };
}
