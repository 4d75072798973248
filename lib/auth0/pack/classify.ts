import { type FieldRule, RULES } from "./rules.ts";
import { formOf, type TreePlace } from "./tree.ts";

/** Finds the rule that decides what a field is; undefined when none does. */
export function classify(
  { path, tree }: TreePlace,
  message: string,
  rules: readonly FieldRule[] = RULES,
): FieldRule | undefined {
  const names = path.replaceAll("[]", "");
  return rules.find((rule) => isMessage(rule, message) && hasShape(rule, tree) && patternOf(rule).test(names));
}

function isMessage(rule: FieldRule, message: string): boolean {
  return rule.in === undefined || rule.in.includes(message);
}

function hasShape({ only }: FieldRule, tree: TreePlace["tree"]): boolean {
  const form = formOf(tree);
  if (only === "open") return form === "open" || form === "map";
  return only === undefined || (tree.kinds.length === 1 && tree.kinds[0] === "boolean");
}

const PATTERNS: ReadonlyMap<FieldRule, RegExp> = new Map(RULES.map((rule) => [rule, toPattern(rule)]));

function patternOf(rule: FieldRule): RegExp {
  return PATTERNS.get(rule) ?? toPattern(rule);
}

function toPattern({ paths }: FieldRule): RegExp {
  return new RegExp(`^(?:${paths.map(toSource).join("|")})$`, "u");
}

/** `**.` is any names before, `.**` any names behind, `*` any characters of one name. */
function toSource(path: string): string {
  if (path === "**") return ".+";
  const names = path.split(".").map((name) => name.replaceAll(/[$()+?[\\\]^{|}]/g, "\\$&").replaceAll("*", "[^.]*"));
  const isAny = (index: number): boolean => path.split(".").at(index) === "**";
  const middle = names.slice(isAny(0) ? 1 : 0, isAny(-1) ? -1 : undefined).join("\\.");
  return `${isAny(0) ? "(?:[^.]+\\.)*" : ""}${middle}${isAny(-1) ? "(?:\\.[^.]+)+" : ""}`;
}
