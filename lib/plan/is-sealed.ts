import type { Plan } from "./plan.ts";

/** Tells whether a plan's records leave as sealed envelopes, each as a whole. */
export function isSealed({ source, delivery }: Plan): boolean {
  return source === "whole" || delivery.format === "SEALED";
}
