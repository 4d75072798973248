import { type Delivery, type Rejected, rejected } from "#delivery";
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

function refuseWithoutEntity({ entityKey, version }: Delivery): Rejected | undefined {
  if (entityKey === undefined) return rejected("NO_ENTITY");
  return version === undefined ? rejected("NO_VERSION") : undefined;
}
