export * from "./envelope.ts";
export { FILES_CHANNEL } from "./files-channel.ts";
export type { ChannelKind, Condition, Container, Form, SubjectPlace, TenantPlace, TimePlace } from "./form.ts";
export { FORMS, FORMS_IN_ORDER, LINES_CHANNELS } from "./forms.ts";
export { MAX_EVENT_BYTES, MAX_EVENT_DEPTH, MAX_RECORD_BYTES } from "./limits.ts";
export { EVENTS_SOURCE, LOGS_SOURCE } from "./partner-source.ts";
export { readRecord } from "./read-record.ts";
export { type FeedPerson, peopleOfFeed } from "./subject-places.ts";
export { CARRIERS, CONTAINERS, MARKERS } from "./wrappers.ts";
