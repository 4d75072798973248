import { ConfigError, findNearMatch } from "#errors";

/**
 * Takes the named processors out of all, in the order of the policy; without names, all of them.
 *
 * @throws {ConfigError} when the policy has no processor of a name
 */
export function chooseProcessors(names: readonly string[] | undefined, all: readonly string[]): readonly string[] {
  const unknown = names?.find((name) => !all.includes(name));
  if (unknown === undefined) return names === undefined ? all : all.filter((name) => names.includes(name));
  const near = findNearMatch(unknown, all);
  const hint = near === undefined ? "" : `: did you mean ${near}?`;
  throw new ConfigError(`expected a processor, one of ${all.join(", ")}, got ${unknown}${hint}`);
}
