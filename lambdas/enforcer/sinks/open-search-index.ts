import { createOpenSearchIndex } from "#delivery/aws/opensearch-index";
import { createSignedPost, SIGNING_NAMES } from "#delivery/aws/signed-post";
import type { SearchIndex } from "#delivery/search-index";
import { requireVariables } from "#environment";
import { ConfigError } from "#errors";
import type { Plan } from "#plan";
import type { SinkParts } from "./deployed-sink.ts";
import { requireJson } from "./require-json.ts";

/** Opens the search domain or collection that the environment names. */
export function openSearchIndex(plan: Plan, { env, aws, clock, random, onRefused }: SinkParts): SearchIndex {
  requireJson(plan);
  const { SEARCH_ENDPOINT, SEARCH_REGION, SEARCH_SERVICE } = requireVariables(env, [
    "SEARCH_ENDPOINT",
    "SEARCH_REGION",
    "SEARCH_SERVICE",
  ]);
  const service = SIGNING_NAMES.find((known) => known === SEARCH_SERVICE);
  if (service === undefined) {
    throw new ConfigError(`expected SEARCH_SERVICE ${SIGNING_NAMES.join(" or ")}, got something else: deploy again`);
  }
  const endpoint = new URL(SEARCH_ENDPOINT);
  const post = createSignedPost({ ...aws, endpoint, region: SEARCH_REGION, service });
  return createOpenSearchIndex({ post, clock, random, ...(onRefused && { onRefused }) });
}
