import type { Class, DeliverySpec, Kind } from "#plan";
import type { Breach } from "../breach.ts";
import type {
  CeilingDecl,
  DefaultDecl,
  FieldDecl,
  MessageDecl,
  ProcessorDecl,
  SourcePlace,
} from "../source/declarations.ts";

/** A processor as it is in one Space. Facts that are missing or wrong are stood in for: its breaches are reported. */
export interface Processor {
  readonly name: string;
  readonly decl: ProcessorDecl;
  readonly generation: string;
  /** Takes every event whole. */
  readonly catchAll: boolean;
  readonly dropsOpenObjects: boolean;
  readonly delivery: Omit<DeliverySpec, "transport" | "envelope">;
  /** How its events are restructured. */
  readonly output?: OutputMessage;
  /** By {@link defaultKey}. */
  readonly defaults: ReadonlyMap<string, DefaultDecl>;
  /** The ceilings that hold for its tier and region, by class. */
  readonly ceilings: ReadonlyMap<Class, readonly CeilingDecl[]>;
}

/** An output message and the fields that it picks, by the target they name as their source. */
export interface OutputMessage {
  readonly message: MessageDecl;
  readonly picks: ReadonlyMap<string, readonly FieldDecl[]>;
}

/** Key of a default: for a kind of a class, or for the class. */
export function defaultKey(fieldClass: Class, kind?: Kind): string {
  return kind === undefined ? fieldClass : `${fieldClass} ${kind}`;
}

/** Finds where a part of the option is written, or else where the processor is. */
export function placeOfPart(
  { parts, place }: ProcessorDecl,
  part: keyof NonNullable<ProcessorDecl["option"]>,
): SourcePlace {
  return parts.get(part) ?? place;
}

/** A breach of what the option of a processor must say. */
export function wrongPart(
  decl: ProcessorDecl,
  part: keyof NonNullable<ProcessorDecl["option"]>,
  message: string,
  help?: string,
): Breach {
  const place = placeOfPart(decl, part);
  return { code: "POLICY_PROCESSOR", place, message, ...(help !== undefined && { help }) };
}
