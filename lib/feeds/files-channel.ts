import { FEEDS } from "#plan";
import type { Channel } from "./envelope.ts";

/** Files: events of any feed and tenant may stand in them. */
export const FILES_CHANNEL: Channel = { kind: "files", feeds: FEEDS };
