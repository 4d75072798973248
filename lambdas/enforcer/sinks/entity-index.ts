import { ensureScript, withScript } from "#delivery/aws/ensure-script";
import { ENTITY_TOMBSTONE, indexName } from "#delivery/layouts/bulk-lines";
import { createEntityIndexSink } from "#delivery/protocols/entity-index";
import { ConfigError } from "#errors";
import type { Plan } from "#plan";
import type { OpenSink } from "./deployed-sink.ts";
import { openSearch } from "./open-search-index.ts";

/** The newest state of each entity in a search index. */
export const openEntityIndex: OpenSink = async (plan, parts) => {
  const { index, post, service } = openSearch(plan, parts);
  if (service === "aoss") throw noCollection(plan);
  return createEntityIndexSink({
    index: await withScript({ index, clock: parts.clock, ensure: () => ensureScript(post) }),
    name: indexName(plan),
    tombstone: ENTITY_TOMBSTONE,
  });
};

/** Nobody has seen a collection compare states by a stored script. */
function noCollection({ processor }: Plan): ConfigError {
  return new ConfigError(
    `expected a search domain for the newest states of ${processor}, got a serverless collection: name a domain in its SearchEndpoint`,
  );
}
