import { leavesNothing } from "#transforms";
import type { Breach } from "../breach.ts";
import { checkOps } from "../decide/check-cells.ts";
import type { DefaultDecl, ProcessorDecl, SourcePlace } from "../source/declarations.ts";
import { defaultKey } from "./processor.ts";

/** Checks the defaults of a processor, apart from the fields they will serve. */
export function checkDefaults({ defaults }: ProcessorDecl): readonly Breach[] {
  const firsts = new Map<string, SourcePlace>();
  return defaults.flatMap((each) => [...checkClass(each, firsts), ...checkOps(each)]);
}

function checkClass(each: DefaultDecl, firsts: Map<string, SourcePlace>): readonly Breach[] {
  const { place, kind, ops } = each;
  if (each.class === undefined) {
    return [{ code: "POLICY_PROCESSOR", place, message: "expected a class in the default, got none" }];
  }
  const key = defaultKey(each.class, kind);
  const first = firsts.get(key);
  firsts.set(key, first ?? place);
  if (first !== undefined) {
    const message = `expected one default for ${key}, got a second beside that of line ${first.line}`;
    return [{ code: "POLICY_CONFLICT", place, message }];
  }
  if (each.class !== "SECRET" || leavesNothing(ops)) return [];
  return [{ code: "POLICY_SECRET", place, message: "expected SECRET dropped, got a default that keeps it" }];
}
