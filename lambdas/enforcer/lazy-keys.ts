import type { KeySource } from "#delivery";

/**
 * Opens the keys of each batch from a source that is made once, when it can be.
 *
 * Until then every batch fails, and so is given back as after any other outage: a function that failed to start would
 * not answer at all.
 */
export function createLazyKeys(create: (deadlineMs: number | undefined) => Promise<KeySource>): KeySource {
  let source: KeySource | undefined;
  return {
    async open(people, deadlineMs) {
      source ??= await create(deadlineMs);
      return source.open(people, deadlineMs);
    },
  };
}
