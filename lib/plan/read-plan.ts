import { ConfigError } from "#errors";
import { hashPlan } from "./hash.ts";
import { GENERATION, PROCESSOR_NAME } from "./names.ts";
import { PLAN_VERSION, type Plan } from "./plan.ts";

/**
 * Reads a plan and checks that it is whole: its version, its hash, and the names that others are built from.
 *
 * @param json the plan's JSON, as bytes, text or parsed data
 * @throws {ConfigError} for anything but an unchanged plan of this version
 */
export function readPlan(json: Uint8Array | string | object): Plan {
  const plan = typeof json === "string" || json instanceof Uint8Array ? parse(json) : json;
  if (!isPlanShaped(plan)) throw refuse("a plan, got other data");
  if (plan.v !== PLAN_VERSION) throw refuse(`a plan of version ${PLAN_VERSION}, got version ${plan.v}`);
  if (plan.hash !== hashPlan(plan)) throw refuse(`the plan of ${plan.processor} unchanged, got one that was edited`);
  checkNames(plan);
  return plan;
}

function checkNames({ processor, generation }: Plan): void {
  if (!PROCESSOR_NAME.pattern.test(processor)) throw refuse(`${PROCESSOR_NAME.expected}, got ${quote(processor)}`);
  if (!GENERATION.pattern.test(generation)) throw refuse(`${GENERATION.expected}, got ${quote(generation)}`);
}

function quote(name: string): string {
  return JSON.stringify(name);
}

function refuse(expectedAndGot: string, cause?: unknown): ConfigError {
  const message = `expected ${expectedAndGot}: compile the policy again with this version of Event Shield`;
  return new ConfigError(message, { code: "PLAN_UNREADABLE", ...(cause !== undefined && { cause }) });
}

function parse(json: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof json === "string" ? json : new TextDecoder("utf-8", { fatal: true }).decode(json));
  } catch (cause) {
    throw refuse("a plan, got text that is not JSON", cause);
  }
}

function isPlanShaped(data: unknown): data is Plan {
  if (typeof data !== "object" || data === null) return false;
  const { v, processor, generation, hash } = data as Partial<Record<keyof Plan, unknown>>;
  return typeof v === "number" && [processor, generation, hash].every((text) => typeof text === "string");
}
