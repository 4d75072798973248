import { RULES, type Rule } from "./rules.ts";
import { formOf, type Place } from "./tree.ts";

/** Finds the rule that decides what a field is; undefined when none does. */
export function classify({ path, tree }: Place, message: string, rules: readonly Rule[] = RULES): Rule | undefined {
  const names = path.replaceAll("[]", "");
  return rules.find((rule) => isMessage(rule, message) && hasShape(rule, tree) && patternOf(rule).test(names));
}

function isMessage(rule: Rule, message: string): boolean {
  return rule.in === undefined || rule.in.includes(message);
}

function hasShape({ only }: Rule, tree: Place["tree"]): boolean {
  const form = formOf(tree);
  if (only === "open") return form === "open" || form === "map";
  return only === undefined || (tree.kinds.length === 1 && tree.kinds[0] === "boolean");
}

const PATTERNS: ReadonlyMap<Rule, RegExp> = new Map(RULES.map((rule) => [rule, toPattern(rule)]));

function patternOf(rule: Rule): RegExp {
  return PATTERNS.get(rule) ?? toPattern(rule);
}

function toPattern({ paths }: Rule): RegExp {
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
