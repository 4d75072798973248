import type { Diagnostic } from "#errors";
import { suggest } from "#errors";
import type { ManifestDocument } from "./read-documents.ts";
import { referencesOf } from "./rules.ts";

/** Checks documents against each other: names are unique within a kind, what is named is there, and there is one centre. */
export function checkReferences(documents: readonly ManifestDocument[]): readonly Diagnostic[] {
  return documents.flatMap((document, index) => [
    ...checkName(document, documents.slice(0, index)),
    ...checkTargets(document, documents),
  ]);
}

function checkName(
  { kind, name, diagnose }: ManifestDocument,
  before: readonly ManifestDocument[],
): readonly Diagnostic[] {
  const sameKind = before.filter((other) => other.kind === kind);
  if (sameKind.some((other) => other.name === name)) {
    return [
      diagnose(["metadata", "name"], { message: `expected a name that no other ${kind} has, got ${name} again` }),
    ];
  }
  if (kind !== "Central" || sameKind.length === 0) return [];
  return [
    diagnose(["kind"], { message: "expected one Central, got a second", help: "there is one centre above all Pops" }),
  ];
}

function checkTargets(document: ManifestDocument, all: readonly ManifestDocument[]): readonly Diagnostic[] {
  const spec: Readonly<Record<string, string | undefined>> = document.spec;
  return referencesOf(document.kind).flatMap(({ field, to }) => {
    const named = spec[field];
    const names = all.filter(({ kind }) => kind === to).map(({ name }) => name);
    if (named === undefined || names.includes(named)) return [];
    const message = `expected the name of a ${to}, got ${named} at spec.${field}`;
    const help = suggest(named, names) ?? `add a document of kind ${to} with this name`;
    return [document.diagnose(["spec", field], { message, help })];
  });
}
