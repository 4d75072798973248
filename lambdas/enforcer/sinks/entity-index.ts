import { ENTITY_TOMBSTONE, indexName } from "#delivery/layouts/bulk-lines";
import { createEntityIndexSink } from "#delivery/protocols/entity-index";
import { type OpenSink, PATIENT_MS } from "./deployed-sink.ts";
import { openSearchIndex } from "./open-search-index.ts";

/** The newest state of each entity in a search index. */
export const openEntityIndex: OpenSink = async (plan, parts) => ({
  sink: createEntityIndexSink({
    index: openSearchIndex(plan, parts),
    name: indexName(plan),
    tombstone: ENTITY_TOMBSTONE,
  }),
  longestPauseMs: PATIENT_MS,
});
