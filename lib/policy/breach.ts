import { type Diagnostic, type DiagnosticField, type ErrorCode, suggest } from "#errors";
import type { SourcePlace } from "./source/declarations.ts";

/** A broken rule. Breaches that differ only in `at` are told as one. */
export interface Breach {
  readonly code: ErrorCode;
  readonly place: SourcePlace;
  /** `expected <what>, got <what>`. */
  readonly message: string;
  /** The field it is about, where the place does not say it. */
  readonly at?: DiagnosticField;
  /** What to write instead. */
  readonly help?: string;
}

/** A result with the breaches found on the way; where there are some, it stands in for what would have been right. */
export interface Found<T> {
  readonly found: T;
  readonly breaches: readonly Breach[];
}

/** The help that names the candidate that was most likely meant; none where nothing is near. */
export function helpWith(given: string, candidates: readonly string[]): { readonly help?: string } {
  const help = suggest(given, candidates);
  return help === undefined ? {} : { help };
}

/** How many fields a message names; the diagnostic carries them all. */
const NAMED_FIELDS = 3;

/** Words breaches as diagnostics, one for each place and message, sorted by place. */
export function toDiagnostics(breaches: readonly Breach[]): readonly Diagnostic[] {
  const groups = new Map<string, Breach[]>();
  for (const breach of breaches) {
    const { place, code, message } = breach;
    const key = JSON.stringify([place.file, place.line, place.column, code, message]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [breach]);
    else group.push(breach);
  }
  return [...groups.values()].flatMap(toDiagnostic).sort(byPlace);
}

function toDiagnostic(group: readonly Breach[]): readonly Diagnostic[] {
  return group.slice(0, 1).map(({ code, place, message, help }) => {
    const fields = mergeFields(group);
    return {
      code,
      file: place.file,
      line: place.line,
      column: place.column,
      message: fields.length > 0 ? `${message} at ${listFields(fields)}` : message,
      ...(help !== undefined && { help }),
      ...(fields.length > 0 && { fields }),
    };
  });
}

/** Lists each field once, with all processors that were named for it. */
function mergeFields(group: readonly Breach[]): readonly DiagnosticField[] {
  const merged = new Map<string, DiagnosticField>();
  for (const { at } of group) {
    if (at === undefined) continue;
    const { schema, path } = at;
    const processors = [...new Set([...(merged.get(nameOf(at))?.processors ?? []), ...(at.processors ?? [])])];
    merged.set(nameOf(at), { schema, path, ...(processors.length > 0 && { processors }) });
  }
  return [...merged.values()];
}

function nameOf({ path, schema }: DiagnosticField): string {
  return `${path} of ${schema}`;
}

function listFields(fields: readonly DiagnosticField[]): string {
  const named = fields.slice(0, NAMED_FIELDS).map(nameOf).join(", ");
  return fields.length > NAMED_FIELDS ? `${named} and ${fields.length - NAMED_FIELDS} more` : named;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.message < b.message ? -1 : 1);
}
