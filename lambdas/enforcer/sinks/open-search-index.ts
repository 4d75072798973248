import { createOpenSearchIndex } from "#delivery/aws/opensearch-index";
import { createSignedPost, type Post, SIGNING_NAMES, type SigningName } from "#delivery/aws/signed-post";
import type { SearchIndex } from "#delivery/search-index";
import { requireVariables } from "#environment";
import { ConfigError } from "#errors";
import type { Plan } from "#plan";
import type { SinkParts } from "./deployed-sink.ts";
import { requireJson } from "./require-json.ts";

/** A search cluster that may be written to. */
export interface OpenedSearch {
  readonly index: SearchIndex;
  readonly post: Post;
  readonly service: SigningName;
}

/** Opens the search domain or collection that the environment names. */
export function openSearch(plan: Plan, { env, aws, clock, random, onRefused }: SinkParts): OpenedSearch {
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
  const index = createOpenSearchIndex({ post, clock, random, ...(onRefused && { onRefused }) });
  return { index, post, service };
}
