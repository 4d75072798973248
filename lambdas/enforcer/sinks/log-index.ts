import { logIndexName } from "#delivery/layouts/bulk-lines";
import { createLogIndexSink } from "#delivery/protocols/log-index";
import type { OpenSink } from "./deployed-sink.ts";
import { openSearch } from "./open-search-index.ts";

/** Events in search indexes by day. */
export const openLogIndex: OpenSink = async (plan, parts) =>
  createLogIndexSink({
    index: openSearch(plan, parts).index,
    nameOf: ({ timeMs }) => logIndexName(plan, timeMs),
  });
