import { ConfigError } from "#errors";
import type { Channel } from "#feeds";
import { FEEDS } from "#plan";

/** Files are read by the command line, which has no inlet. */
type InletKind = Exclude<Channel["kind"], "files">;

const IS_INLET: Readonly<Record<InletKind, true>> = { partner_bus: true, webhook: true, replay: true };
const KINDS = Object.keys(IS_INLET) as InletKind[];

/**
 * Reads what the inlet may carry.
 *
 * @throws {ConfigError} for anything but a channel whose feeds we know: what is not declared is not let in
 */
export function readChannel(json: string): Channel {
  const { kind, feeds, tenants, streams } = parse(json);
  const known = KINDS.find((each) => each === kind);
  if (
    known === undefined ||
    !isNames(feeds) ||
    ![tenants, streams].every((list) => list === undefined || isNames(list))
  )
    throw unusable();
  const named = FEEDS.filter((feed) => feeds.includes(feed));
  if (named.length !== feeds.length || feeds.length === 0) throw unusable();
  return { kind: known, feeds: named, ...(isNames(tenants) && { tenants }), ...(isNames(streams) && { streams }) };
}

function parse(json: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(json));
  } catch {
    throw unusable();
  }
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}

function unusable(): ConfigError {
  return new ConfigError(
    `expected CHANNEL as JSON with a kind (${KINDS.join(", ")}) and feeds (${FEEDS.join(", ")}), got something else: deploy again`,
  );
}
