import type { Delivery, Refusal } from "#delivery";
import { ENTITY_TOMBSTONE, indexName } from "#delivery/layouts/bulk-lines";
import { createEntityIndexSink } from "#delivery/protocols/entity-index";
import { type OpenSink, PATIENT_MS } from "./deployed-sink.ts";
import { openSearchIndex } from "./open-search-index.ts";
import { refuseFirst } from "./refuse-first.ts";

/** The newest state of each entity in a search index. */
export const openEntityIndex: OpenSink = async (plan, parts) => {
  const sink = createEntityIndexSink({
    index: openSearchIndex(plan, parts),
    name: indexName(plan),
    tombstone: ENTITY_TOMBSTONE,
  });
  return { sink: refuseFirst(sink, refuseWithoutEntity), longestPauseMs: PATIENT_MS };
};

function refuseWithoutEntity({ entityKey, version }: Delivery): Refusal | undefined {
  if (entityKey === undefined) return { reject: "NO_ENTITY" };
  return version === undefined ? { reject: "NO_VERSION" } : undefined;
}
