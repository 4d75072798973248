import { ConfigError } from "#errors";
import type { Plan } from "#plan";

/** Checks that a plan's payloads are JSON: queues and search indexes carry nothing else. */
export function requireJson({ processor, delivery: { format } }: Plan): void {
  if (format === "JSON") return;
  throw new ConfigError(`expected format JSON for ${processor}, got ${format}: only lakes have other formats`);
}
