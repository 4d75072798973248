import type { Breach } from "../breach.ts";
import type { Schema } from "../schema/schema.ts";
import { type Processor, placeOfPart } from "./processor.ts";
import type { Subscriptions } from "./subscriptions.ts";

/** Checks that the schemas a processor takes hold what its mode and sampling need. */
export function checkModes(
  processor: Processor,
  subscriptions: Subscriptions,
  schemas: readonly Schema[],
): readonly Breach[] {
  const taken = schemas.filter(({ name }) => subscriptions.has(name));
  return [...checkNewestState(processor, taken), ...checkSampling(processor, taken)];
}

/** What the newest state of an entity is known by. */
const STATE_NEEDS: readonly { readonly words: string; isMissing(schema: Schema): boolean }[] = [
  { words: "an entity", isMissing: ({ entity }) => entity === undefined },
  { words: "a version", isMissing: ({ version }) => version === undefined },
  { words: "whole states", isMissing: ({ entity }) => entity?.partial === true },
];

function checkNewestState({ delivery, decl, name }: Processor, taken: readonly Schema[]): readonly Breach[] {
  if (delivery.mode !== "NEWEST_STATE") return [];
  return STATE_NEEDS.flatMap(({ words, isMissing }) => {
    const missing = taken.filter(isMissing).map((schema) => schema.name);
    if (missing.length === 0) return [];
    const message = `expected ${words} in every schema whose newest state ${name} keeps, got none in ${missing.join(", ")}`;
    return [{ code: "POLICY_MODE", place: placeOfPart(decl, "subscribe"), message }];
  });
}

function checkSampling({ delivery, decl, name }: Processor, taken: readonly Schema[]): readonly Breach[] {
  if (delivery.sampling?.by !== "SUBJECT") return [];
  const missing = taken.filter(({ subjects }) => subjects.length === 0).map((schema) => schema.name);
  if (missing.length === 0) return [];
  const message = `expected subjects in every schema that ${name} samples by SUBJECT, got none in ${missing.join(", ")}`;
  return [{ code: "POLICY_MODE", place: placeOfPart(decl, "sampling"), message }];
}
