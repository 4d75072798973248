/**
 * Largest event, in bytes of its inner body.
 *
 * No AWS channel carries more: an EventBridge entry and an SQS message hold at most 1 MiB.
 */
export const MAX_EVENT_BYTES = 1024 * 1024;

/** Largest record, in bytes: a webhook body or a page of the Management API holds many events. */
export const MAX_RECORD_BYTES = 8 * MAX_EVENT_BYTES;

/** Most bytes that one record's texts and compressed texts may become, all of them and what they carry together. */
export const MAX_CARRIED_BYTES = 4 * MAX_RECORD_BYTES;

/** How many arrays and objects of an event may be open at once. */
export const MAX_EVENT_DEPTH = 64;

/**
 * How many arrays and objects of a record may be open at once.
 *
 * Far above what envelopes add to an event, so that one event that is too deep does not condemn its neighbours in the
 * same record; low enough that parsing a hostile record costs no memory to speak of.
 */
export const MAX_RECORD_DEPTH = 1024;

/**
 * How many containers and carriers may stand in each other: an answer of SQS, a message, an SNS notification, an array of
 * webhook bodies and such a body are five.
 */
export const MAX_WRAPPERS = 6;

/**
 * Most results of one record, however its containers stand in each other: more than 8 MiB of real events, few enough that
 * a hostile `[[0,0,…],…]` stays cheap.
 */
export const MAX_RECORD_ITEMS = 100_000;

/** What a malformed item costs in quarantine beside its bytes: codes, ids, the seal. */
export const MALFORMED_OVERHEAD_BYTES = 512;

/** Most bytes that the malformed items of a record may become in quarantine: room for a few, and in proportion beyond. */
export function mostMalformedBytes(recordBytes: number): number {
  return 64 * 1024 + 4 * recordBytes;
}
