import { isPersonal, kindFacts, type Naming } from "#plan";
import type { Breach } from "../breach.ts";
import type { Classification } from "./question.ts";

/** How values of a field name people; undefined where they name none. */
export function namingOf(classification: Classification): Naming | undefined {
  const { kind, notAPerson, alias } = classification;
  const { names } = kindFacts(kind);
  if (names === undefined || notAPerson) return undefined;
  if (names === "person") return alias ? "ALIAS" : "PERSON";
  return alias || (names === "alias" && isPersonal(classification)) ? "ALIAS" : undefined;
}

/** Checks that a field which names people says in which role, and that no other claims to. */
export function checkNaming({ kind, about, notAPerson, alias, place }: Classification): readonly Breach[] {
  const { names } = kindFacts(kind);
  const code = "POLICY_PERSON";
  const refuse = (message: string, help?: string) => [{ code, place, message, ...(help && { help }) }] as const;
  if (names === undefined) {
    if (notAPerson) return refuse(`expected not_a_person on a kind that names people, got it on ${kind}`);
    return alias ? refuse(`expected alias on a kind that names people, got it on ${kind}`) : [];
  }
  if (notAPerson) {
    return about || alias ? refuse(`expected not_a_person alone, got it beside ${about ? "about" : "alias"}`) : [];
  }
  if (names !== "person" || about !== undefined) return [];
  const help = "write about: TARGET or about: ACTOR, or not_a_person: true where the values name no people";
  return refuse(`expected the role of whom ${kind} names, got none`, help);
}
