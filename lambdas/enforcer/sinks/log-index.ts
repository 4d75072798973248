import { type Delivery, type Rejected, rejected } from "#delivery";
import { logIndexName } from "#delivery/layouts/bulk-lines";
import { isEventTime } from "#delivery/layouts/event-time";
import { createLogIndexSink } from "#delivery/protocols/log-index";
import { type OpenSink, PATIENT_MS } from "./deployed-sink.ts";
import { openSearchIndex } from "./open-search-index.ts";
import { refuseFirst } from "./refuse-first.ts";

/** Events in search indexes by day. */
export const openLogIndex: OpenSink = async (plan, parts) => {
  const sink = createLogIndexSink({
    index: openSearchIndex(plan, parts),
    nameOf: ({ timeMs }) => logIndexName(plan, timeMs),
  });
  return { sink: refuseFirst(sink, refuseAbsurdTime), longestPauseMs: PATIENT_MS };
};

function refuseAbsurdTime({ timeMs }: Delivery): Rejected | undefined {
  return isEventTime(timeMs) ? undefined : rejected("TIME_OUT_OF_RANGE");
}
