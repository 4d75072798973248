import { ConfigError } from "#errors";
import { deliveryHash, type Plan } from "#plan";
import type { Stream } from "./ports.ts";

/** What the output of a generation is begun under. It is written once, and every later run is held to it. */
export interface StreamPin {
  /** Public name of the keys that ids are made under. */
  readonly keys: string;
  /** `deliveryHash` of the plan. */
  readonly delivery: string;
}

export interface PinnedStream extends Stream, StreamPin {}

/** Where a generation is pinned, for messages: what it is, and what to do about other keys. */
export interface PinPlace {
  /** `out`, `the ledger table`. */
  readonly name: string;
  /** How to have the former keys back. */
  readonly restore: string;
  /** How to begin another generation. */
  readonly begin: string;
}

/** Makes the pin of a plan under the keys of this name. */
export function pinOf(plan: Plan, keys: string): PinnedStream {
  const { processor, generation } = plan;
  return { processor, generation, keys, delivery: deliveryHash(plan) };
}

/**
 * Holds streams to what they were begun under; an absent pin is a stream that begins.
 *
 * @throws {ConfigError} when keys, or what no generation survives, are other ones: ids would change, or records be mixed
 */
export function checkPins(
  streams: readonly PinnedStream[],
  find: (stream: Stream) => StreamPin | undefined,
  place: PinPlace,
): void {
  const differing = (part: keyof StreamPin) =>
    streams.filter((stream) => (find(stream) ?? stream)[part] !== stream[part]);
  const [otherKeys] = differing("keys");
  if (otherKeys !== undefined) throw wrongKeys(otherKeys, find(otherKeys)?.keys ?? "", place);
  const changed = differing("delivery");
  if (changed.length > 0) throw wrongPolicy(changed, place);
}

function wrongKeys(stream: PinnedStream, expected: string, { name, restore, begin }: PinPlace): ConfigError {
  const { processor, generation, keys } = stream;
  return new ConfigError(
    `expected the keys "${expected}" of ${processor} ${generation} in ${name}, got "${keys}": ids would change; ${restore}, or ${begin}`,
    { code: "OUTPUT_OTHER_KEYS" },
  );
}

function wrongPolicy(changed: readonly Stream[], { name, begin }: PinPlace): ConfigError {
  const names = changed.map(({ processor, generation }) => `${processor} ${generation}`).join(", ");
  return new ConfigError(
    `expected the transport, entity, order and format under which ${name} was written, got others for ${names}; ${begin}`,
    { code: "OUTPUT_OTHER_POLICY" },
  );
}
