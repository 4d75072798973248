import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import { suggest } from "#errors";
import { joinPath } from "#json";
import type { DocumentRule, FieldsRule, TextRule } from "./rules.ts";

/** A place in a document that breaks a rule. */
export interface DocumentFault {
  /** What stands at the place; absent where nothing does. */
  readonly node?: Node | undefined;
  /** `expected <what>, got <what>`. */
  readonly message: string;
  readonly help?: string | undefined;
}

/** How messages call a document as a whole. */
export const ROOT = "the document";

/** Checks what stands at `path` of a document. Where it finds no fault, the node is what the rule says. */
export function checkNode(node: Node | undefined, rule: DocumentRule, path: string): readonly DocumentFault[] {
  if ("fields" in rule) return checkFields(node, rule, path);
  return "expected" in rule ? checkText(node, rule, path) : [];
}

function checkFields(node: Node | undefined, { fields }: FieldsRule, path: string): readonly DocumentFault[] {
  const names = Object.keys(fields);
  if (!isMap(node)) return [{ node, message: `expected ${listNames(names)}, got ${describe(node)} at ${path}` }];
  const values = Object.entries(fields).flatMap(([name, rule]) => {
    if ("optional" in rule && !node.has(name)) return [];
    const value = node.get(name, true) as Node | undefined;
    const faults = checkNode(value, rule, joinPath(path === ROOT ? "" : path, name));
    // Where there is no value, the object that lacks it is the place.
    return faults.map((fault) => ({ ...fault, node: fault.node ?? node }));
  });
  return [...checkKeys(node, names, path), ...values];
}

function checkKeys(map: YAMLMap, known: readonly string[], path: string): readonly DocumentFault[] {
  return map.items.flatMap(({ key }) => {
    const name = isScalar(key) && typeof key.value === "string" ? key.value : undefined;
    if (name !== undefined && known.includes(name)) return [];
    const message = `expected ${listNames(known)}, got ${name ?? "a key that is no text"} at ${path}`;
    return [{ node: key as Node, message, help: suggest(name, known) }];
  });
}

function checkText(
  node: Node | undefined,
  { expected, oneOf, pattern }: TextRule,
  path: string,
): readonly DocumentFault[] {
  const text = isScalar(node) && typeof node.value === "string" ? node.value : undefined;
  if (text === undefined) return [{ node, message: `expected ${expected}, got ${describe(node)} at ${path}` }];
  if ((oneOf?.includes(text) ?? true) && (pattern?.test(text) ?? true)) return [];
  const help = suggest(text, oneOf ?? []) ?? (oneOf && `write one of ${oneOf.join(", ")}`);
  return [{ node, message: `expected ${expected}, got ${text} at ${path}`, help }];
}

/** Names what stands at a place, without quoting it. */
function describe(node: Node | undefined): string {
  if (isMap(node)) return "an object";
  if (isSeq(node)) return "a list";
  if (isAlias(node)) return "an alias";
  return isScalar(node) && node.value !== null ? `a ${typeof node.value}` : "nothing";
}

function listNames(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join("");
}
