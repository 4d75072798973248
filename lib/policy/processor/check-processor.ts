import { ENRICHMENTS, FIRST_GENERATION, GENERATION, PROCESSOR_NAME } from "#plan";
import { type Breach, helpWith } from "../breach.ts";
import type { PolicySource, ProcessorDecl } from "../source/declarations.ts";
import type { ProcessorOption } from "../source/options.ts";
import { wrongPart } from "./processor.ts";
import { SINKS } from "./sinks.ts";

/** Checks that a processor says everything about itself, and that its parts fit each other. */
export function checkProcessor(decl: ProcessorDecl, option: ProcessorOption, source: PolicySource): readonly Breach[] {
  return [
    ...checkPresence(decl, option),
    ...checkSink(decl, option),
    ...checkNames(decl, option),
    ...checkNumbers(decl, option),
    ...checkMetadata(decl, option),
    ...checkCatchAll(decl, option),
    ...checkOutput(decl, option, source),
    ...checkLater(decl, option),
  ];
}

const REQUIRED = {
  purpose: "a purpose",
  owner: "an owner",
  sink: "a sink",
  tier: "a tier",
  mode: "a mode",
} as const;

function checkPresence(decl: ProcessorDecl, option: ProcessorOption): readonly Breach[] {
  const missing = (Object.keys(REQUIRED) as (keyof typeof REQUIRED)[]).filter((part) => option[part] === undefined);
  const breaches = missing.map((part) =>
    wrongPart(decl, part, `expected ${REQUIRED[part]} for ${decl.name}, got none`),
  );
  if (option.catch_all || decl.subscribe.length > 0) return breaches;
  const help = 'write subscribe: { feed: AUTH0_EVENTS, types: "user.*" }';
  return [...breaches, wrongPart(decl, "subscribe", `expected a subscription for ${decl.name}, got none`, help)];
}

function checkSink(decl: ProcessorDecl, { sink, mode, format = "JSON" }: ProcessorOption): readonly Breach[] {
  if (sink === undefined) return [];
  const { modes, formats } = SINKS[sink];
  const breaches: Breach[] = [];
  if (mode !== undefined && !modes.includes(mode)) {
    breaches.push(wrongPart(decl, "mode", `expected mode ${modes.join(" or ")} for sink ${sink}, got ${mode}`));
  }
  if (!formats.includes(format)) {
    breaches.push(wrongPart(decl, "format", `expected format ${formats.join(" or ")} for sink ${sink}, got ${format}`));
  }
  return breaches;
}

function checkNames(decl: ProcessorDecl, { generation = FIRST_GENERATION }: ProcessorOption): readonly Breach[] {
  const { name, place } = decl;
  const breaches: Breach[] = [];
  if (!PROCESSOR_NAME.pattern.test(name)) {
    breaches.push({ code: "POLICY_PROCESSOR", place, message: `expected ${PROCESSOR_NAME.expected}, got ${name}` });
  }
  if (!GENERATION.pattern.test(generation)) {
    breaches.push(wrongPart(decl, "generation", `expected ${GENERATION.expected}, got ${generation}`));
  }
  return breaches;
}

function checkNumbers(decl: ProcessorDecl, option: ProcessorOption): readonly Breach[] {
  const { retention, sampling, mode } = option;
  const breaches: Breach[] = [];
  if (retention !== undefined && retention.days === undefined) {
    breaches.push(wrongPart(decl, "retention", "expected a number of days in retention, got none"));
  }
  if (sampling === undefined) return breaches;
  const { rate = 0 } = sampling;
  if (!(rate > 0 && rate <= 1)) {
    breaches.push(wrongPart(decl, "sampling", `expected a sampling rate above 0 and at most 1, got ${rate}`));
  }
  if (mode === "NEWEST_STATE") {
    const message = `expected every event for the newest state that ${decl.name} keeps, got sampling`;
    breaches.push(wrongPart(decl, "sampling", message, "remove sampling, or use mode EVERY_EVENT"));
  }
  return breaches;
}

function checkMetadata(decl: ProcessorDecl, { metadata = [] }: ProcessorOption): readonly Breach[] {
  return metadata.flatMap((name, index) => {
    if (metadata.indexOf(name) < index) return [wrongPart(decl, "metadata", `expected ${name} once, got it twice`)];
    if (ENRICHMENTS.some((known) => known === name)) return [];
    const message = `expected a generated value in metadata, got ${name}`;
    return [wrongPart(decl, "metadata", message, helpWith(name, ENRICHMENTS).help)];
  });
}

/** What a catch-all cannot be combined with, and why. */
const NOT_FOR_CATCH_ALL = {
  subscribe: "it takes every event",
  sampling: "it takes every event",
  output: "it takes events whole",
} as const;

function checkCatchAll(decl: ProcessorDecl, option: ProcessorOption): readonly Breach[] {
  if (!option.catch_all) return [];
  const parts = (Object.keys(NOT_FOR_CATCH_ALL) as (keyof typeof NOT_FOR_CATCH_ALL)[]).filter((part) => option[part]);
  const breaches = parts.map((part) =>
    wrongPart(decl, part, `expected no ${part} for the catch_all ${decl.name}, got one: ${NOT_FOR_CATCH_ALL[part]}`),
  );
  if (option.format === "SEALED") return breaches;
  const message = `expected format SEALED for the catch_all ${decl.name}, got ${option.format ?? "JSON"}`;
  return [...breaches, wrongPart(decl, "format", message)];
}

function checkOutput(decl: ProcessorDecl, { output }: ProcessorOption, { messages }: PolicySource): readonly Breach[] {
  const message = output === undefined ? undefined : messages.get(output);
  if (output === undefined || (message !== undefined && message.match === undefined)) return [];
  if (message !== undefined) {
    return [wrongPart(decl, "output", `expected a message of its own in output, got the schema ${output}`)];
  }
  const { help } = helpWith(output, [...messages.keys()]);
  return [wrongPart(decl, "output", `expected the full name of a message in output, got ${output}`, help)];
}

function checkLater(decl: ProcessorDecl, { join_group: joinGroup }: ProcessorOption): readonly Breach[] {
  if (joinGroup === undefined) return [];
  return [wrongPart(decl, "join_group", "expected no join_group, which this version does not know yet, got one")];
}
